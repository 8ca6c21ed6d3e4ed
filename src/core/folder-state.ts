import type { DocumentId } from './document.ts'

/** A folder that somebody chose; a `FileSystemDirectoryHandle` fits. */
export interface FolderHandle {
  readonly kind: 'directory'
  readonly name: string
}

/** Whether the browser lets us read a folder: `prompt` until its user has been asked. */
export type FolderAccess = 'granted' | 'prompt' | 'denied'

/** A folder that is looked at again. */
export interface RememberedFolder {
  readonly id: string
  readonly name: string
  readonly handle: FolderHandle
  /** Milliseconds since the epoch. */
  readonly addedAt: number
  /** When all of it was seen last. */
  readonly lookedAt?: number
}

/** A file of a remembered folder, as it was when it was read to its end. */
export interface FolderFile {
  /** From the folder's own name on, with `/`. */
  readonly path: string
  readonly bytes: number
  readonly modifiedAt: number
  /** What it gave, or was the same as; empty when nothing in it could be read. */
  readonly documents: readonly DocumentId[]
  /** It was not there any more when the folder was looked at last. */
  readonly gone?: true
}

/** What the page shows of a remembered folder. */
export interface FolderState extends RememberedFolder {
  readonly access: FolderAccess
  /** Files seen so far while it is looked at. */
  readonly looking: number | undefined
  /** How many documents of the library are from it. */
  readonly documents: number
  /** Files that are no longer there, and how many documents are left of them. */
  readonly gone: readonly string[]
  readonly goneDocuments: number
  /** What could not be looked at the last time, as sentences. */
  readonly problems: readonly string[]
}
