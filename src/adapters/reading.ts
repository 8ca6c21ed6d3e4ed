import type { Block } from '../core/text/join-blocks.ts'

/** What the reader of a format finds in one document. */
export interface Reading {
  readonly title: string | undefined
  /** In the order in which a person reads them. */
  readonly blocks: readonly Block[]
  /** As the file names them. */
  readonly authors?: readonly string[]
  /** When it was written or sent, as the file says: milliseconds since the epoch. */
  readonly writtenAt?: number
  /** What of the file could not be read, as sentences for the user; missing when all of it was. */
  readonly missing?: readonly string[]
}

/** A file inside another one: of an archive, a mailbox. It is read as if it had been dropped by itself. */
export interface InnerFile {
  /** Below the file that holds it, with `/`; cleaned: never empty, no `..`, no control characters. */
  readonly path: string
  readonly modifiedAt?: number
  readonly bytes: Uint8Array<ArrayBuffer>
}
