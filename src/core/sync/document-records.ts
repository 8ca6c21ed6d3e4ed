/** A document as the records of a vector server, and back. Every size is one that Chroma Cloud takes. */
import type { LibraryDocument, NewDocument, Passage, SpaceId, StoredDocument } from '../document.ts'
import type { FoundRecord, Metadata, NewRecord } from '../ports/vector-server.ts'
import { secondsOf } from './change-window.ts'
import { beginningOf, piecesOf } from './cut-text.ts'
import { type Description, joinText, readDescription, restOf, writeDescription } from './description.ts'
import { type DocumentManifest, partRecord, passageId } from './document-manifest.ts'
import type { Followed, Revision } from './revision.ts'

/** Of a text, such as SHA-256 in hex. */
export type HashText = (text: string) => string

export interface PackedDocument {
  readonly manifest: DocumentManifest
  /** The first piece goes with the manifest. */
  readonly description: string
  readonly parts: readonly NewRecord[]
  readonly passages: readonly NewRecord[]
}

/** Bytes of a record's text: Chroma Cloud takes 16,384. */
const MOST_TEXT = 16_384
/** Bytes of a value that is for looking at and filtering by; Chroma Cloud takes 8,182. */
const MOST_VALUE = 2000

/** @throws Error when the document has not a vector for each passage. */
export function packDocument(
  stored: StoredDocument,
  revision: Revision,
  follows: Followed,
  hash: HashText,
): PackedDocument {
  const { document, contents, vectors } = stored
  const { passages, text } = contents
  const dimension = vectors.length / passages.length
  if (passages.length > 0 && (dimension === 0 || !Number.isInteger(dimension))) {
    throw new Error(`expected vectors of ${passages.length} passages, got ${vectors.length} numbers`)
  }
  const texts = passages.map(({ start, end }) => beginningOf(text.slice(start, end), MOST_TEXT))
  const held = texts.map(part => (/\p{Surrogate}/u.test(part) ? undefined : part))
  const description: Description = {
    document,
    passages,
    length: text.length,
    rest: restOf(text, passages, held),
    altered: held.flatMap((part, i) => (part === undefined ? [i] : [])),
  }
  const [first = '', ...others] = piecesOf(writeDescription(description), MOST_TEXT)
  const { id } = document
  return {
    manifest: {
      id,
      revision,
      follows,
      passages: passages.length,
      parts: others.length,
      hash: contentHash(stored, hash),
      removed: false,
    },
    description: first,
    parts: others.map((part, i) => partRecord(id, revision, i, part)),
    passages: passages.map((passage, i) => ({
      id: passageId(id, revision, i),
      vector: vectors.subarray(i * dimension, (i + 1) * dimension),
      document: texts[i] ?? '',
      metadata: passageMetadata(document, passage, i, revision),
    })),
  }
}

/**
 * @param description All pieces, joined.
 * @param records Of its passages, in order, with vectors and texts.
 * @param space Of the collection's vectors.
 * @throws Error when it is not what was packed: the server may be anybody's.
 */
export function unpackDocument(
  { id, passages, hash: expected }: DocumentManifest,
  description: string,
  records: readonly FoundRecord[],
  space: SpaceId,
  hash: HashText,
): {
  readonly document: NewDocument
  readonly contents: StoredDocument['contents']
  readonly vectors: Float32Array
} {
  const read = readDescription(description, passages)
  const text = joinText(
    read,
    records.map(({ document = '' }) => document),
  )
  const document = { ...read.document, id, space, passageCount: passages }
  const contents = { text, passages: read.passages }
  const found = contentHash({ document, contents }, hash)
  if (found !== expected) throw new Error(`expected a document with the hash ${expected}, got ${found}`)
  return { document, contents, vectors: joinVectors(records) }
}

/** Of what a document says: the same on every device that read the same file in the same way. */
export function contentHash(
  {
    document,
    contents,
  }: { readonly document: Omit<NewDocument, 'space'>; readonly contents: StoredDocument['contents'] },
  hash: HashText,
): string {
  const { id, title, mediaType, authors = null, writtenAt = null } = document
  const passages = contents.passages.map(({ start, end, trail, page = 0 }) => [start, end, page, ...trail])
  return hash(JSON.stringify([id, title, mediaType, authors, writtenAt, contents.text, passages]))
}

/** Of a row: changes with everything that is synchronised and seen without reading the text. */
export function fingerprintOf(document: NewDocument | LibraryDocument, hash: HashText): string {
  const { id, title, name, path, mediaType, bytes, modifiedAt, addedAt, passageCount } = document
  const { authors = null, writtenAt = null, source } = document
  const from = source === undefined ? null : [source.path, source.bytes, source.modifiedAt]
  const row = [
    id,
    title,
    name,
    path,
    mediaType,
    bytes,
    modifiedAt,
    addedAt,
    passageCount,
    authors,
    writtenAt,
    from,
  ]
  return hash(JSON.stringify(row))
}

/** Unit rows, or nothing where one is missing or is none: then the model makes them anew. */
function joinVectors(records: readonly FoundRecord[]): Float32Array {
  const dimension = records[0]?.vector?.length ?? 0
  const vectors = new Float32Array(records.length * dimension)
  for (const [i, { vector }] of records.entries()) {
    if (vector?.length !== dimension || !isUnit(vector)) return new Float32Array(0)
    vectors.set(vector, i * dimension)
  }
  return vectors
}

function isUnit(vector: Float32Array): boolean {
  return Math.abs(vector.reduce((sum, x) => sum + x * x, 0) - 1) < 1e-3
}

/** What other programs, and a search on the server, see and filter by. */
function passageMetadata(
  document: LibraryDocument,
  passage: Passage,
  i: number,
  revision: Revision,
): Metadata {
  const { id, title, path, mediaType, modifiedAt } = document
  return {
    _d: id,
    _i: i,
    _rev: revision,
    title: beginningOf(title, MOST_VALUE),
    path: beginningOf(path, MOST_VALUE),
    type: beginningOf(mediaType, MOST_VALUE),
    /** Seconds since 2020: some servers keep whole numbers in 32 bits. */
    modified: secondsOf(modifiedAt),
    ...(passage.trail.length === 0 ? {} : { section: beginningOf(passage.trail.join(' › '), MOST_VALUE) }),
    ...(passage.page === undefined ? {} : { page: passage.page }),
  }
}
