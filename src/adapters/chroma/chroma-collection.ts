import type {
  AbortNotice,
  FoundRecord,
  NearRecord,
  NewRecord,
  RecordPart,
  RemoteCollection,
} from '../../core/ports/vector-server.ts'
import { problemOf } from '../../core/vector-server-error.ts'
import { type CollectionAnswer, parseCount, parseNearest, parseRecords } from './chroma-answers.ts'
import { whereOf } from './chroma-where.ts'
import {
  type BatchLimits,
  batchesOf,
  type EncodedRecord,
  encodeRecord,
  FRAME,
  upsertBody,
} from './upsert-batches.ts'

/** What a collection needs of its database. */
export interface CollectionCalls {
  readonly pageSize: number
  /** Asked once and kept: what a batch may have, and whether vectors may be base64. */
  preflight(signal: AbortNotice | undefined): Promise<BatchLimits & { readonly base64: boolean }>
  /** @throws VectorServerError `protocol` when `parse` throws. */
  post<T>(path: string, body: string, parse: (answer: unknown) => T, signal?: AbortNotice): Promise<T>
  get<T>(path: string, parse: (answer: unknown) => T, signal?: AbortNotice): Promise<T>
}

const INCLUDED: Readonly<Record<RecordPart, string>> = {
  vector: 'embeddings',
  document: 'documents',
  metadata: 'metadatas',
}

export function createChromaCollection(answer: CollectionAnswer, calls: CollectionCalls): RemoteCollection {
  const path = `/collections/${answer.id}`
  /** Bytes of a batch that the server has not refused. */
  let mostBytes = Number.POSITIVE_INFINITY

  async function send(batch: readonly EncodedRecord[], signal: AbortNotice | undefined): Promise<void> {
    const body = upsertBody(batch)
    try {
      await calls.post(`${path}/upsert`, body, () => undefined, signal)
    } catch (error) {
      if (problemOf(error) !== 'too-large' || batch.length === 1) throw error
      mostBytes = Math.min(mostBytes, Math.ceil(body.length / 2) + FRAME)
      const middle = Math.ceil(batch.length / 2)
      await send(batch.slice(0, middle), signal)
      await send(batch.slice(middle), signal)
    }
  }

  async function read(
    question: Record<string, unknown>,
    limit: number,
    parts: readonly RecordPart[],
    signal: AbortNotice | undefined,
  ): Promise<FoundRecord[]> {
    const body = JSON.stringify({ ...question, limit, include: includeOf(parts) })
    return await calls.post(`${path}/get`, body, found => parseRecords(found, limit), signal)
  }

  return {
    ...answer,
    async upsert(records, signal) {
      const limits = await calls.preflight(signal)
      const encoded = encodeAll(records, limits.base64)
      const now = () => ({ records: limits.records, bytes: Math.min(limits.bytes, mostBytes) })
      for (const batch of batchesOf(encoded, now)) await send(batch, signal)
    },
    async get(ids, parts, signal) {
      const found = new Map<string, FoundRecord>()
      for (const page of pagesOf(ids, calls.pageSize)) {
        for (const record of await read({ ids: page }, page.length, parts, signal))
          found.set(record.id, record)
      }
      return ids.flatMap(id => found.get(id) ?? [])
    },
    find: (filter, limit, parts, signal) =>
      read(
        filter === undefined ? {} : { where: whereOf(filter) },
        Math.min(limit, calls.pageSize),
        parts,
        signal,
      ),
    async remove(ids, signal) {
      for (const page of pagesOf(ids, calls.pageSize)) {
        await calls.post(`${path}/delete`, JSON.stringify({ ids: page }), () => undefined, signal)
      }
    },
    async nearest(vector, limit, parts, filter, signal) {
      const most = Math.min(limit, calls.pageSize)
      const body = JSON.stringify({
        query_embeddings: [[...vector]],
        n_results: most,
        include: [...includeOf(parts), 'distances'],
        ...(filter === undefined ? {} : { where: whereOf(filter) }),
      })
      const near = await calls.post(`${path}/query`, body, found => parseNearest(found, most), signal)
      return near.map(record => withRoundedDistance(record, answer))
    },
    count: signal => calls.get(`${path}/count`, parseCount, signal),
  }
}

function* encodeAll(records: readonly NewRecord[], base64: boolean): Generator<EncodedRecord> {
  for (const record of records) yield encodeRecord(record, base64)
}

function* pagesOf(ids: readonly string[], size: number): Generator<readonly string[]> {
  for (let start = 0; start < ids.length; start += size) yield ids.slice(start, start + size)
}

function includeOf(parts: readonly RecordPart[]): string[] {
  return parts.map(part => INCLUDED[part])
}

/** The server's rounding takes the distance of a vector to itself a little below 0. */
function withRoundedDistance(record: NearRecord, { space }: CollectionAnswer): NearRecord {
  return space === 'ip' ? record : { ...record, distance: Math.max(0, record.distance) }
}
