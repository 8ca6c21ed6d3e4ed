/** The words of the library: documents, their passages, and what is stored of them. */

import type { PassageSettings } from './passage-settings.ts'

/** Hex SHA-256 of a file's bytes: the same file is the same document, whatever its name. */
export type DocumentId = string & { readonly brand: 'DocumentId' }

/** What identifies an embedding space; vectors of two spaces are never compared. */
export type SpaceId = string & { readonly brand: 'SpaceId' }

/** @throws Error when `value` is not 64 lower-case hex digits. */
export function parseDocumentId(value: string): DocumentId {
  if (!/^[0-9a-f]{64}$/.test(value)) {
    throw new Error(`expected a document id of 64 hex digits, got ${JSON.stringify(value.slice(0, 80))}`)
  }
  return value as DocumentId
}

/** A heading inside a document's text. `offset` is in UTF-16 units; `level` is 1 to 6. */
export interface Heading {
  readonly offset: number
  readonly level: number
  readonly text: string
}

/** Where a page, slide or sheet begins in a document's text. `page` counts from 1. */
export interface PageStart {
  readonly offset: number
  readonly page: number
}

/** What an extractor reads out of a file. Blocks of `text` are separated by a blank line. */
export interface Extraction {
  readonly title: string
  readonly text: string
  readonly headings: readonly Heading[]
  /** In order; missing where there are no pages. */
  readonly pages?: readonly PageStart[]
}

/** Where the parts of a document begin: what a text needs to be cut again. */
export type Outline = Pick<Extraction, 'headings' | 'pages'>

/** A piece of a document's text: `[start, end)` in UTF-16 units; `trail` is the headings above it, outermost first. */
export interface Passage {
  readonly start: number
  readonly end: number
  readonly trail: readonly string[]
  /** Where it begins, in what has pages. */
  readonly page?: number
}

/** One row of the library's list: everything but the text and the vectors. */
export interface LibraryDocument {
  readonly id: DocumentId
  readonly title: string
  /** The file's name, and its path below the folder that was dropped (equal to the name for a single file). */
  readonly name: string
  readonly path: string
  /** Such as `text/markdown`. */
  readonly mediaType: string
  /** Size of the original file. */
  readonly bytes: number
  /** Milliseconds since the epoch. */
  readonly modifiedAt: number
  readonly addedAt: number
  /** As the file names them. */
  readonly authors?: readonly string[]
  /** When it was written or sent, as the file says; milliseconds since the epoch. */
  readonly writtenAt?: number
  /** The file that it was read from, when that is not the document itself: an archive, a mailbox, a file of a folder. */
  readonly source?: DocumentSource
  readonly passageCount: number
  /** Passage `i` of this document has the key `firstKey + i` in every index. */
  readonly firstKey: number
  /** The space of the stored vectors. */
  readonly space: SpaceId
  /** How it was cut into passages; missing where nothing was chosen. */
  readonly cut?: PassageSettings
  /** When it was cut again, in milliseconds since the epoch: its passages had other numbers before. */
  readonly cutAt?: number
}

/** A file as it was when documents were read from it. */
export interface DocumentSource {
  readonly path: string
  readonly bytes: number
  readonly modifiedAt: number
  /** Id of the remembered folder that it is in. */
  readonly folder?: string
}

export type NewDocument = Omit<LibraryDocument, 'firstKey'>

/** What a document says. */
export interface DocumentContents {
  readonly text: string
  readonly passages: readonly Passage[]
  /** Missing where it has neither headings nor pages, or was stored by an early Belfry: then its passages tell. */
  readonly outline?: Outline
}

/** Which passage of which document. */
export interface PassageAddress {
  readonly id: DocumentId
  readonly passage: number
}

/** A passage with its words. */
export interface PassageText extends Passage {
  readonly text: string
}

/** Everything that is kept of one document: the unit of every transaction. */
export interface StoredDocument {
  readonly document: LibraryDocument
  readonly contents: DocumentContents
  /** Row-major `passageCount × dimension`, unit rows. */
  readonly vectors: Float32Array
}

/** The text that is embedded and indexed for a passage: where it stands, then what it says. */
export function indexedText(
  { title, cut }: Pick<LibraryDocument, 'title' | 'cut'>,
  text: string,
  passage: Passage,
): string {
  const above = cut?.trail === false ? [] : passage.trail
  const trail = above[0] === title ? above : [title, ...above]
  return [...trail, text.slice(passage.start, passage.end)].join('\n')
}
