/** What a document is beside the words and vectors of its passages, as JSON for the server. */
import type { NewDocument, Passage } from '../document.ts'
import { countOf, type Fields, fieldsOf, listOf, numberOf, textOf } from '../fields.ts'
import { packPassages, unpackPassages } from '../packed-passages.ts'

export interface Description {
  readonly document: Omit<NewDocument, 'id' | 'space' | 'passageCount'>
  readonly passages: readonly Passage[]
  /** Length of the text, in UTF-16 units. */
  readonly length: number
  /** What of the text the records of the passages do not hold: where it begins, and the words. */
  readonly rest: readonly Placed[]
  /** Passages whose records hold something else than the beginning of their text. */
  readonly altered: readonly number[]
}

/** Words, and where in the text they begin. */
export type Placed = readonly [number, string]

const MOST_LENGTH = 2 ** 30
const MOST_NAME = 2 ** 16
const MOST_TIME = 8.64e15
const MOST_TRAILS = 1_000_000

export function writeDescription({ document, passages, length, rest, altered }: Description): string {
  const { title, name, path, mediaType, bytes, modifiedAt, addedAt, authors, writtenAt, source } = document
  const { bounds, trails, trailOf, pages } = packPassages(passages)
  return JSON.stringify({
    title,
    name,
    path,
    mediaType,
    bytes,
    modifiedAt,
    addedAt,
    authors,
    writtenAt,
    // The folder is one of this device.
    source: source && { path: source.path, bytes: source.bytes, modifiedAt: source.modifiedAt },
    bounds: [...bounds],
    trails,
    trailOf: [...trailOf],
    pages: pages && [...pages],
    length,
    rest,
    altered,
  })
}

/** @param passages How many the document has. @throws Error with what was expected and what came. */
export function readDescription(json: string, passages: number): Description {
  const fields = fieldsOf(JSON.parse(json), 'the description')
  const length = countOf(fields['length'], 'length', 0, MOST_LENGTH)
  const numbers = (name: string, count: number, most: number) => {
    const list = listOf(fields[name], name, count, (value, at) => countOf(value, at, 0, most))
    if (list.length === count) return Uint32Array.from(list)
    throw new Error(`expected ${count} numbers in ${name}, got ${list.length}`)
  }
  const packed = {
    bounds: numbers('bounds', 2 * passages, length),
    trails: listOf(fields['trails'], 'trails', MOST_TRAILS, trailOf),
    trailOf: numbers('trailOf', passages, MOST_TRAILS),
    ...(fields['pages'] === undefined ? {} : { pages: numbers('pages', passages, 2 ** 31) }),
  }
  return {
    document: readRow(fields),
    passages: checked(unpackPassages(packed)),
    length,
    rest: listOf(fields['rest'], 'rest', MOST_TRAILS, placedOf),
    altered: listOf(fields['altered'], 'altered', passages, (value, at) => countOf(value, at, 0, passages)),
  }
}

function readRow(fields: Fields): Description['document'] {
  const { authors, writtenAt, source } = fields
  return {
    title: textOf(fields['title'], 'title', MOST_NAME, 0),
    name: textOf(fields['name'], 'name', MOST_NAME, 0),
    path: textOf(fields['path'], 'path', MOST_NAME, 0),
    mediaType: textOf(fields['mediaType'], 'mediaType', 1000, 0),
    bytes: numberOf(fields['bytes'], 'bytes', 0, Number.MAX_SAFE_INTEGER),
    modifiedAt: timeOf(fields['modifiedAt'], 'modifiedAt'),
    addedAt: timeOf(fields['addedAt'], 'addedAt'),
    ...(authors === undefined ? {} : { authors: listOf(authors, 'authors', 10_000, textIn) }),
    ...(writtenAt === undefined ? {} : { writtenAt: timeOf(writtenAt, 'writtenAt') }),
    ...(source === undefined ? {} : { source: readSource(fieldsOf(source, 'source')) }),
  }
}

function readSource(fields: Fields) {
  return {
    path: textOf(fields['path'], "the source's path", MOST_NAME, 0),
    bytes: numberOf(fields['bytes'], "the source's bytes", 0, Number.MAX_SAFE_INTEGER),
    modifiedAt: timeOf(fields['modifiedAt'], "the source's time"),
  }
}

function timeOf(value: unknown, name: string): number {
  return numberOf(value, name, -MOST_TIME, MOST_TIME)
}

function textIn(value: unknown, name: string): string {
  return textOf(value, name, MOST_NAME, 0)
}

function trailOf(value: unknown, name: string): string[] {
  return listOf(value, name, 1000, textIn)
}

function placedOf(value: unknown, name: string): Placed {
  const [at, text] = listOf(value, name, 2, item => item)
  return [countOf(at, name, 0, MOST_LENGTH), textOf(text, name, MOST_LENGTH, 0)]
}

function checked(passages: Passage[]): Passage[] {
  const wrong = passages.find(({ start, end }) => start > end)
  if (wrong === undefined) return passages
  throw new Error(`expected a passage that ends behind its start, got ${wrong.start} to ${wrong.end}`)
}

/** The text of a document from what its passages' records hold and the rest. @throws Error when something is missing. */
export function joinText(
  { passages, length, rest, altered }: Description,
  records: readonly string[],
): string {
  const wrong = new Set(altered)
  const held = passages.map(({ start }, i): Placed => [start, records[i] ?? ''])
  const parts: string[] = []
  const end = walk([...held.filter((_, i) => !wrong.has(i)), ...rest], part => parts.push(part), missing)
  if (end !== length) missing(end, length)
  return parts.join('')
}

/** What of a text its passages' records do not hold. @param held What each holds; missing where that is not the text. */
export function restOf(
  text: string,
  passages: readonly Passage[],
  held: readonly (string | undefined)[],
): Placed[] {
  const rest: Placed[] = []
  const placed = passages.flatMap(({ start }, i): Placed[] => {
    const part = held[i]
    return part === undefined ? [] : [[start, part]]
  })
  const note = (start: number, end: number) => void rest.push([start, text.slice(start, end)])
  const end = walk(placed, () => undefined, note)
  if (end < text.length) note(end, text.length)
  return rest
}

/** Goes over what does not overlap, in order, and tells of the gaps; gives the end. */
function walk(
  pieces: readonly Placed[],
  take: (text: string) => void,
  gap: (start: number, end: number) => void,
): number {
  let at = 0
  for (const [start, text] of pieces.toSorted((a, b) => a[0] - b[0])) {
    if (start < at || text === '') continue
    if (start > at) gap(at, start)
    take(text)
    at = start + text.length
  }
  return at
}

function missing(start: number, end: number): never {
  throw new Error(`expected the text from ${start} to ${end}, got none`)
}
