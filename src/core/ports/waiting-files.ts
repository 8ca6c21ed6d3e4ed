import type { DocumentId } from '../document.ts'
import type { FileHandle, LibraryBlob } from './files.ts'

/** A file that was added and not taken in yet. */
export interface WaitingFile {
  /** No other file has had it before, in any tab. */
  readonly id: string
  readonly name: string
  readonly path: string
  readonly bytes: number
  readonly modifiedAt: number
  readonly folder?: string
  readonly replaces?: readonly DocumentId[]
  readonly handle?: FileHandle
}

/** A waiting file as another tab finds it. */
export interface NotedFile extends WaitingFile {
  /** The tab that is to take it in. */
  readonly tab: string
  /** Whether its bytes are kept, or can be asked for again. */
  readonly kept: boolean
  /** How often somebody has begun to read it. */
  readonly tries: number
}

/**
 * What each tab has still to take in, where the others find it: names at once, and the bytes of as many as there is room
 * for. A call for one file does not wait until the bytes of others are written.
 */
export interface WaitingFiles {
  note(tab: string, files: readonly WaitingFile[]): Promise<void>
  /** Keeps the bytes of noted files; one that cannot be read is left out. @throws StorageFull; nothing is kept then. */
  keep(contents: readonly { readonly id: string; readonly blob: LibraryBlob }[]): Promise<void>
  /** Notes that somebody begins to read it. */
  begin(id: string): Promise<void>
  /** Drops them and their bytes. Unknown ones are ignored. */
  settle(ids: readonly string[]): Promise<void>
  /** Bytes that are kept, of all tabs. */
  size(): Promise<number>
  /** Of all tabs; those of one tab in the order in which they were noted. */
  all(): Promise<NotedFile[]>
  /** Gives what these tabs have noted and kept to `heir`, which gets all of it or nothing. Each file has one heir. */
  adopt(tabs: readonly string[], heir: string): Promise<NotedFile[]>
  /**
   * `undefined` when they are not kept.
   * @throws what the browser throws when a file may not be read any more.
   */
  contents(id: string): Promise<LibraryBlob | undefined>
  /** Drops all that these tabs have noted. */
  forget(tabs: readonly string[]): Promise<void>
}
