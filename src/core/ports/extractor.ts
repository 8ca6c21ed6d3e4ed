import type { DocumentId, Extraction } from '../document.ts'
import type { TableChoice, TableHead } from '../table.ts'
import type { SourceFile } from './files.ts'

/** A document that was read. */
export interface ExtractedDocument extends Extraction {
  /** SHA-256 of its bytes. */
  readonly id: DocumentId
  readonly mediaType: string
  /** Size of what it was read from. */
  readonly bytes: number
  /** Below the file that it is in, with `/`; missing where the file is the document. */
  readonly path?: string
  readonly modifiedAt?: number
  readonly authors?: readonly string[]
  readonly writtenAt?: number
  /** What of it could not be read, as sentences. */
  readonly missing?: readonly string[]
}

/** A part of a file that holds many documents, and could not be read. */
export interface UnreadablePart {
  readonly path: string
  /** A sentence. */
  readonly reason: string
}

export type Extracted = ExtractedDocument | UnreadablePart

/**
 * Turns untrusted bytes into text and structure. A file holds one document or many; they are asked for one at a time, so
 * that no more of them are in memory than somebody works on.
 */
export interface Extractor {
  /**
   * Resolves with the number of this reading. @throws UnreadableFile when there is nothing to begin with.
   * @param choices What somebody has chosen for tables; those that fit none in the file are of no account.
   */
  open(file: SourceFile, choices?: readonly TableChoice[]): Promise<number>
  /**
   * `undefined` at the end of the file, which also closes it.
   * @throws UnreadableFile with a sentence for the user: not text, unknown type, too large, nothing to read. Nothing more
   * comes from the file then.
   */
  next(reading: number): Promise<Extracted | undefined>
  /** Gives up what is left of a file. */
  close(reading: number): Promise<void>
  /** The beginning of a file that is a table; `undefined` for any other. @throws UnreadableFile with a sentence. */
  head(file: SourceFile): Promise<TableHead | undefined>
}
