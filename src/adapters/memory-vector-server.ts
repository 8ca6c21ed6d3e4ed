import type {
  DistanceSpace,
  FoundRecord,
  Metadata,
  MetadataValue,
  NewCollection,
  NewRecord,
  RecordFilter,
  RecordPart,
  RemoteCollection,
  VectorServer,
} from '../core/ports/vector-server.ts'
import { VectorServerError } from '../core/vector-server-error.ts'

interface Kept extends NewCollection {
  readonly id: string
  readonly records: Map<string, NewRecord>
}

export interface MemoryVectorServerOptions {
  readonly pageSize?: number
  /** Milliseconds since the epoch. */
  readonly now?: () => number
}

/** A vector server in memory, which compares every vector: the oracle of its suite. */
export function createMemoryVectorServer(options: MemoryVectorServerOptions = {}): VectorServer {
  const { pageSize = 250, now = Date.now } = options
  const collections = new Map<string, Kept>()
  let made = 0

  /** As the server has it now: a handle may outlive what it is of. */
  function recordsOf({ id, name }: Kept): Map<string, NewRecord> {
    const kept = collections.get(name)
    if (kept?.id === id) return kept.records
    throw new VectorServerError('not-found', `Collection ${id} does not exist.`)
  }

  function handleOf(kept: Kept): RemoteCollection {
    const { id, name, space, metadata, records } = kept
    const all = () => [...recordsOf(kept).values()]
    const dimension = [...records.values()][0]?.vector.length
    return {
      id,
      name,
      space,
      metadata,
      dimension,
      upsert: async given => upsertInto(recordsOf(kept), given),
      get: async (ids, parts) => {
        const present = recordsOf(kept)
        return ids.flatMap(asked => present.get(asked) ?? []).map(record => partsOf(record, parts))
      },
      find: async (filter, limit, parts) =>
        all()
          .filter(record => fulfils(record.metadata, filter))
          .slice(0, Math.min(limit, pageSize))
          .map(record => partsOf(record, parts)),
      remove: async ids => {
        for (const removed of ids) recordsOf(kept).delete(removed)
      },
      nearest: async (vector, limit, parts, filter) =>
        all()
          .filter(record => fulfils(record.metadata, filter))
          .map(record => ({ ...partsOf(record, parts), distance: distance(space, vector, record.vector) }))
          .toSorted((a, b) => a.distance - b.distance)
          .slice(0, Math.min(limit, pageSize)),
      count: async () => recordsOf(kept).size,
    }
  }

  return {
    pageSize,
    place: async () => 'found',
    now: async () => now(),
    collections: async () => [...collections.values()].map(handleOf),
    collection: async name => {
      const kept = collections.get(name)
      return kept && handleOf(kept)
    },
    openCollection: async wanted => {
      const kept = collections.get(wanted.name) ?? { ...wanted, id: idOf(++made), records: new Map() }
      collections.set(wanted.name, kept)
      return handleOf(kept)
    },
    dropCollection: async name => void collections.delete(name),
  }
}

/** In the form of a UUID. */
function idOf(number: number): string {
  return `00000000-0000-4000-8000-${String(number).padStart(12, '0')}`
}

function upsertInto(records: Map<string, NewRecord>, given: readonly NewRecord[]): void {
  const dimension = [...records.values(), ...given][0]?.vector.length
  const odd = given.find(({ vector }) => vector.length !== dimension)
  if (odd !== undefined) {
    const expected = `Collection expecting embedding with dimension of ${dimension}, got ${odd.vector.length}`
    throw new VectorServerError('invalid', expected, 400)
  }
  for (const record of given) {
    const written = Object.entries(record.metadata).filter(([, value]) => !isEmpty(value))
    const metadata = { ...records.get(record.id)?.metadata, ...Object.fromEntries(written) }
    records.set(record.id, { ...record, vector: record.vector.slice(), metadata })
  }
}

function isEmpty(value: MetadataValue): boolean {
  return Array.isArray(value) && value.length === 0
}

function partsOf(record: NewRecord, parts: readonly RecordPart[]): FoundRecord {
  const { id, vector, document, metadata } = record
  return {
    id,
    ...(parts.includes('vector') ? { vector: vector.slice() } : {}),
    ...(parts.includes('document') ? { document } : {}),
    ...(parts.includes('metadata') ? { metadata } : {}),
  }
}

function fulfils(metadata: Metadata, filter: RecordFilter | undefined): boolean {
  if (filter === undefined) return true
  if ('all' in filter) return filter.all.every(one => fulfils(metadata, one))
  if ('any' in filter) return filter.any.some(one => fulfils(metadata, one))
  const value = metadata[filter.key]
  if ('is' in filter) return value === filter.is
  if ('not' in filter) return value !== filter.not
  if ('above' in filter) return typeof value === 'number' && value > filter.above
  if ('atMost' in filter) return typeof value === 'number' && value <= filter.atMost
  if ('oneOf' in filter) return filter.oneOf.some(one => one === value)
  return Array.isArray(value) && value.some(one => one === filter.has)
}

function distance(space: DistanceSpace, a: Float32Array, b: Float32Array): number {
  if (space === 'l2') return a.reduce((sum, x, i) => sum + (x - (b[i] ?? 0)) ** 2, 0)
  const scale = space === 'ip' ? 1 : Math.sqrt(product(a, a) * product(b, b))
  return 1 - (scale === 0 ? 0 : product(a, b) / scale)
}

function product(a: Float32Array, b: Float32Array): number {
  return a.reduce((sum, x, i) => sum + x * (b[i] ?? 0), 0)
}
