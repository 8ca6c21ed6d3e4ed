/** What Chroma answers, checked: it comes from another program, or from a stranger. Each throws an Error with a sentence. */
import { countOf, type Fields, fieldsOf, listOf, numberOf, textOf } from '../../core/fields.ts'
import type {
  DistanceSpace,
  FoundRecord,
  Metadata,
  MetadataValue,
  NearRecord,
} from '../../core/ports/vector-server.ts'

export interface CollectionAnswer {
  readonly id: string
  readonly name: string
  readonly space: DistanceSpace | undefined
  readonly dimension: number | undefined
  readonly metadata: Metadata
}

const MOST_COLLECTIONS = 1000
const MOST_ID = 10_000
const MOST_NAME = 512
const MOST_TEXT = 2 ** 26
const MOST_DIMENSION = 2 ** 16
const MOST_KEYS = 1000
const MOST_LIST = 10_000
const MOST_COUNT = Number.MAX_SAFE_INTEGER

/** Milliseconds; the server tells nanoseconds. */
export function parseHeartbeat(answer: unknown): number {
  const time = fieldsOf(answer, 'the heartbeat')['nanosecond heartbeat']
  return Math.floor(numberOf(time, 'nanosecond heartbeat', 0, 2 ** 63) / 1e6)
}

export function parsePreflight(answer: unknown): { readonly records: number; readonly base64: boolean } {
  const fields = fieldsOf(answer, 'the pre-flight checks')
  return {
    records: countOf(fields['max_batch_size'], 'max_batch_size', 1, MOST_COUNT),
    base64: fields['supports_base64_encoding'] === true,
  }
}

export function parseCount(answer: unknown): number {
  return countOf(answer, 'the count', 0, MOST_COUNT)
}

export function parseCollections(answer: unknown): CollectionAnswer[] {
  return listOf(answer, 'the collections', MOST_COLLECTIONS, parseCollection)
}

export function parseCollection(answer: unknown, name = 'the collection'): CollectionAnswer {
  const fields = fieldsOf(answer, name)
  const dimension = fields['dimension'] ?? undefined
  return {
    id: uuidOf(fields['id'], `${name}'s id`),
    name: textOf(fields['name'], `${name}'s name`, MOST_NAME),
    space: spaceIn(fields['configuration_json']),
    dimension:
      dimension === undefined ? undefined : countOf(dimension, `${name}'s dimension`, 1, MOST_DIMENSION),
    metadata: metadataOf(fields['metadata'], `${name}'s metadata`) ?? {},
  }
}

/** @param most Records that were asked for. */
export function parseRecords(answer: unknown, most: number): FoundRecord[] {
  return recordsOf(fieldsOf(answer, 'the records'), most, value => value)
}

/** Of a query with one vector. */
export function parseNearest(answer: unknown, most: number): NearRecord[] {
  const fields = fieldsOf(answer, 'the answer to the query')
  const records = recordsOf(fields, most, onlyRowOf)
  const row = onlyRowOf(fields['distances'], 'distances')
  const distances = listOf(row, 'distances', most, (value, name) => numberOf(value, name, -1e30, 1e30))
  if (distances.length !== records.length) throw unequal('distances', records.length, distances.length)
  return records.map((record, i) => ({ ...record, distance: distances[i] ?? 0 }))
}

function onlyRowOf(value: unknown, name: string): unknown {
  return listOf(value, name, 1, row => row)[0]
}

function recordsOf(
  fields: Fields,
  most: number,
  rowOf: (value: unknown, name: string) => unknown,
): FoundRecord[] {
  const ids = listOf(rowOf(fields['ids'], 'ids'), 'ids', most, (id, name) => textOf(id, name, MOST_ID))
  const column = <T>(name: string, parse: (value: unknown, name: string) => T | undefined) => {
    const value = fields[name] ?? undefined
    if (value === undefined) return []
    const row = listOf(rowOf(value, name), name, most, (item, at) => parse(item ?? undefined, at))
    if (row.length === ids.length) return row
    throw unequal(name, ids.length, row.length)
  }
  const vectors = column('embeddings', vectorOf)
  const documents = column('documents', documentOf)
  const metadata = column('metadatas', metadataOf)
  return ids.map((id, i) => recordOf(id, vectors[i], documents[i], metadata[i]))
}

function recordOf(id: string, vector?: Float32Array, document?: string, metadata?: Metadata): FoundRecord {
  return {
    id,
    ...(vector === undefined ? {} : { vector }),
    ...(document === undefined ? {} : { document }),
    ...(metadata === undefined ? {} : { metadata }),
  }
}

function vectorOf(value: unknown, name: string): Float32Array | undefined {
  if (value === undefined) return undefined
  if (!Array.isArray(value) || value.length > MOST_DIMENSION)
    throw new Error(`expected ${name} to be a vector`)
  const vector = Float32Array.from(value as unknown[], number =>
    typeof number === 'number' ? number : Number.NaN,
  )
  if (vector.every(Number.isFinite)) return vector
  throw new Error(`expected ${name} to be finite numbers`)
}

function documentOf(value: unknown, name: string): string | undefined {
  return value === undefined ? undefined : textOf(value, name, MOST_TEXT, 0)
}

/** What is no text, number, truth value or list of one of them is left out: other programs have values of their own. */
function metadataOf(value: unknown, name: string): Metadata | undefined {
  if (value === undefined || value === null) return undefined
  const entries = Object.entries(fieldsOf(value, name))
  if (entries.length > MOST_KEYS)
    throw new Error(`expected at most ${MOST_KEYS} keys in ${name}, got ${entries.length}`)
  return Object.fromEntries(entries.filter((entry): entry is [string, MetadataValue] => isValue(entry[1])))
}

function isValue(value: unknown): value is MetadataValue {
  if (!Array.isArray(value)) return isPlain(value)
  const [first] = value as unknown[]
  return value.length <= MOST_LIST && value.every(one => isPlain(one) && typeof one === typeof first)
}

function isPlain(value: unknown): value is string | number | boolean {
  return ['string', 'number', 'boolean'].includes(typeof value)
}

function uuidOf(value: unknown, name: string): string {
  if (typeof value === 'string' && /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(value)) return value
  throw new Error(`expected ${name} to be a UUID, got ${JSON.stringify(value)?.slice(0, 80)}`)
}

/** A local server keeps it under `hnsw`, a distributed one under `spann`. */
function spaceIn(configuration: unknown): DistanceSpace | undefined {
  if (typeof configuration !== 'object' || configuration === null) return undefined
  const spaces = Object.values(configuration).map((index: unknown) =>
    typeof index === 'object' && index !== null && 'space' in index ? index.space : undefined,
  )
  return spaces.find((space): space is DistanceSpace => ['cosine', 'l2', 'ip'].includes(space as string))
}

function unequal(name: string, expected: number, got: number): Error {
  return new Error(`expected ${name} of ${expected} records, got ${got}`)
}
