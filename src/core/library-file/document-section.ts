/**
 * One document, whole. Numbers are little-endian, four bytes each:
 *
 *     length, then JSON: the document's row without its first key, its heading trails, and the page of each passage where
 *       there are pages
 *     length, then the text (utf8.ts)
 *     number of passages n
 *     n × 2: start and end of each, in UTF-16 units of the text
 *     n: which trail each has
 *     dimension d, or 0 when the vectors were left out
 *     n × d float32: the vectors, row by row
 */
import {
  type DocumentContents,
  type DocumentSource,
  type NewDocument,
  type Outline,
  parseDocumentId,
  type SpaceId,
  type StoredDocument,
} from '../document.ts'
import { countOf, type Fields, fieldsOf, listOf, numberOf, textOf } from '../fields.ts'
import { passageSettingsOf } from '../passage-settings.ts'
import { packPassages, type PackedPassages, unpackPassages } from '../packed-passages.ts'
import { type ByteCursor, createByteCursor, joinBytes } from './byte-cursor.ts'
import { encodeUtf8 } from './utf8.ts'

/** A document as it stands in a file: its keys are given by the library that takes it in. */
export interface FiledDocument {
  readonly document: NewDocument
  readonly contents: DocumentContents
  /** Row-major `passageCount × dimension` unit rows; empty when the vectors were left out. */
  readonly vectors: Float32Array
}

const MEBIBYTE = 2 ** 20
const MOST_JSON = 64 * MEBIBYTE
/** The longest text that is read from a file of 64 MiB, with room for readers to come. */
const MOST_TEXT = 256 * MEBIBYTE
const MOST_TRAILS = 2 ** 20
const MOST_AUTHORS = 1000
const MOST_PASSAGES = 2 ** 22
const MOST_DIMENSION = 8192
const LONGEST_NAME = 2 ** 16
/** The largest and smallest time that a `Date` holds, in milliseconds. */
const LAST_TIME = 8.64e15

export function packDocument({ document, contents, vectors }: StoredDocument): Uint8Array {
  const { firstKey: _, ...row } = document
  const { bounds, trails, trailOf, pages } = packPassages(contents.passages)
  const { outline } = contents
  const json = encodeUtf8(JSON.stringify({ ...row, trails, pages: pages && Array.from(pages), outline }))
  const text = encodeUtf8(contents.text)
  const count = contents.passages.length
  const dimension = count === 0 ? 0 : vectors.length / count
  // Vectors that are about to be made anew belong to no passage.
  const rows = Number.isInteger(dimension) ? vectors : new Float32Array(0)
  const parts = [json.length, json, text.length, text, count, bounds, trailOf]
  return joinBytes(...parts, rows.length === 0 ? 0 : dimension, rows)
}

/** @throws Error with what was expected and what came. */
export function unpackDocument(payload: Uint8Array): FiledDocument {
  const cursor = createByteCursor(payload)
  const json = fieldsOf(JSON.parse(cursor.text('the description', MOST_JSON)), 'the description')
  const text = cursor.text('the text', MOST_TEXT)
  const count = countOf(cursor.u32('the number of passages'), 'the number of passages', 0, MOST_PASSAGES)
  const packed = readPassages(cursor, count, json)
  expectBounds(packed, text.length)
  const vectors = readVectors(cursor, count)
  cursor.end()
  const outline = json['outline'] === undefined ? {} : { outline: outlineOf(json['outline'], text.length) }
  const contents = { text, passages: unpackPassages(packed), ...outline }
  return { document: documentOf(json, count), contents, vectors }
}

function documentOf(json: Fields, passageCount: number): NewDocument {
  const text = (name: string, least: number) => textOf(json[name], name, LONGEST_NAME, least)
  const time = (name: string) => numberOf(json[name], name, -LAST_TIME, LAST_TIME)
  return {
    id: parseDocumentId(text('id', 64)),
    title: text('title', 0),
    name: text('name', 0),
    path: text('path', 0),
    mediaType: text('mediaType', 0),
    bytes: countOf(json['bytes'], 'bytes', 0, Number.MAX_SAFE_INTEGER),
    modifiedAt: time('modifiedAt'),
    addedAt: time('addedAt'),
    passageCount,
    space: text('space', 1) as SpaceId,
    ...(json['authors'] === undefined ? {} : { authors: namesOf(json['authors'], 'authors') }),
    ...(json['writtenAt'] === undefined ? {} : { writtenAt: time('writtenAt') }),
    ...(json['source'] === undefined ? {} : { source: sourceOf(fieldsOf(json['source'], 'source')) }),
    ...(json['cutAt'] === undefined ? {} : { cutAt: time('cutAt') }),
    ...(json['cut'] === undefined ? {} : { cut: passageSettingsOf(fieldsOf(json['cut'], 'cut')) }),
  }
}

function outlineOf(value: unknown, length: number): Outline {
  const { headings, pages } = fieldsOf(value, 'outline')
  const offset = (fields: Fields, name: string) => countOf(fields['offset'], `${name}.offset`, 0, length)
  const read: Outline = {
    headings: listOf(headings, 'outline.headings', MOST_TRAILS, (heading, name) => {
      const fields = fieldsOf(heading, name)
      return {
        offset: offset(fields, name),
        level: countOf(fields['level'], `${name}.level`, 1, 6),
        text: textOf(fields['text'], `${name}.text`, LONGEST_NAME, 0),
      }
    }),
  }
  if (pages === undefined) return read
  const starts = listOf(pages, 'outline.pages', MOST_TRAILS, (page, name) => {
    const fields = fieldsOf(page, name)
    return { offset: offset(fields, name), page: countOf(fields['page'], `${name}.page`, 0, 2 ** 31) }
  })
  return { ...read, pages: starts }
}

function namesOf(value: unknown, name: string): readonly string[] {
  return listOf(value, name, MOST_AUTHORS, (author, name) => textOf(author, name, LONGEST_NAME, 0))
}

/** Without its folder: that is remembered on the device that it is on. */
function sourceOf(json: Fields): DocumentSource {
  return {
    path: textOf(json['path'], 'path', LONGEST_NAME, 0),
    bytes: countOf(json['bytes'], 'bytes', 0, Number.MAX_SAFE_INTEGER),
    modifiedAt: numberOf(json['modifiedAt'], 'modifiedAt', -LAST_TIME, LAST_TIME),
  }
}

function readPassages(cursor: ByteCursor, count: number, json: Fields): PackedPassages {
  const pages = json['pages']
  return {
    ...(pages === undefined ? {} : { pages: readPages(pages, count) }),
    bounds: cursor.u32s('the bounds of the passages', count * 2),
    trails: listOf(json['trails'], 'trails', MOST_TRAILS, (trail, name) =>
      listOf(trail, name, 64, (heading, name) => textOf(heading, name, LONGEST_NAME, 0)),
    ),
    trailOf: cursor.u32s('the trails of the passages', count),
  }
}

function readPages(value: unknown, count: number): Uint32Array {
  const pages = listOf(value, 'pages', count, (page, name) => countOf(page, name, 0, 2 ** 31))
  if (pages.length !== count) throw new Error(`expected ${count} pages, got ${pages.length}`)
  return Uint32Array.from(pages)
}

function expectBounds({ bounds }: PackedPassages, length: number): void {
  for (let i = 0; i < bounds.length; i += 2) {
    const [start = 0, end = 0] = bounds.subarray(i, i + 2)
    if (start <= end && end <= length) continue
    throw new Error(`expected a passage inside a text of ${length}, got ${start} to ${end}`)
  }
}

function readVectors(cursor: ByteCursor, count: number): Float32Array {
  const dimension = countOf(cursor.u32('the dimension'), 'the dimension', 0, MOST_DIMENSION)
  const vectors = cursor.f32s('the vectors', count * dimension)
  for (let start = 0; start < vectors.length; start += dimension) {
    let square = 0
    for (let i = start; i < start + dimension; i++) square += (vectors[i] ?? 0) ** 2
    // A longer one would come first in every search. Written so that NaN does not pass.
    if (!(square <= 1.02))
      throw new Error(`expected vectors of length 1, got one of length ${Math.sqrt(square)}`)
  }
  return vectors
}
