import type { DocumentId } from '../document.ts'

/** The part of a `Blob` that we need; a real one fits. */
export interface BlobLike {
  readonly size: number
  readonly type: string
  arrayBuffer(): Promise<ArrayBuffer>
}

/** A file that is too large to be read at once. */
export interface LibraryBlob extends BlobLike {
  /** The bytes from `start` to before `end`. */
  slice(start: number, end: number): BlobLike
}

/** A way to a file that outlives the page, if its user allows; a `FileSystemFileHandle` fits. */
export interface FileHandle {
  getFile(): Promise<LibraryBlob>
}

/** A file that somebody dropped. `path` is below the dropped folder, with `/`. */
export interface SourceFile {
  readonly name: string
  readonly path: string
  readonly modifiedAt: number
  readonly blob: LibraryBlob
  /** Id of the remembered folder that it is in. */
  readonly folder?: string
  /** Documents that an earlier version of this file gave: they are removed when this one has been read. */
  readonly replaces?: readonly DocumentId[]
  /** By which it can be had again after the page has ended. */
  readonly handle?: FileHandle
}

/** Where a file is written. What was written can be seen only once `close` has resolved. */
export interface ByteSink {
  /** In order, one at a time. @throws StorageFull. */
  write(bytes: Uint8Array): Promise<void>
  /** Resolves with the file when it has no place of its own. @throws StorageFull. */
  close(): Promise<BlobLike | undefined>
  /** Leaves nothing behind. Never rejects. */
  abort(): Promise<void>
}

/** A place for a file that somebody chose; a `FileSystemFileHandle` fits. */
export interface FilePlace {
  createWritable(): Promise<{
    write(bytes: Uint8Array<ArrayBuffer>): Promise<void>
    close(): Promise<void>
    abort(): Promise<void>
  }>
}
