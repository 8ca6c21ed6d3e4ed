import type { NewRecord } from '../../core/ports/vector-server.ts'

/** A record as it goes into a request, each part as JSON. */
export interface EncodedRecord {
  readonly id: string
  readonly embedding: string
  readonly document: string
  readonly metadata: string
  /** Of all parts in UTF-8, with the commas behind them. */
  readonly bytes: number
}

export interface BatchLimits {
  readonly records: number
  /** Of the request's body. */
  readonly bytes: number
}

/** Most bytes that a body has around its records. */
export const FRAME = 64
/** Bytes that are made into text at a time. */
const SLICE = 8192

const utf8 = new TextEncoder()

/** @param base64 Vectors as base64 of little-endian float32, a quarter of the digits. */
export function encodeRecord(record: NewRecord, base64: boolean): EncodedRecord {
  const parts = {
    id: JSON.stringify(record.id),
    embedding: base64 ? `"${base64Of(record.vector)}"` : JSON.stringify([...record.vector]),
    document: JSON.stringify(wellFormed(record.document)),
    metadata: JSON.stringify(record.metadata, (_, value: unknown) => wellFormed(value)),
  }
  const { id, embedding, document, metadata } = parts
  const bytes = embedding.length + utf8.encode(id + document + metadata).length + 4
  return { ...parts, bytes }
}

/** In order, each as large as the limits allow; a record that is too large alone is a batch of its own. */
export function* batchesOf(
  records: Iterable<EncodedRecord>,
  limits: () => BatchLimits,
): Generator<EncodedRecord[]> {
  let batch: EncodedRecord[] = []
  let bytes = FRAME
  for (const record of records) {
    const most = limits()
    if (batch.length > 0 && (batch.length >= most.records || bytes + record.bytes > most.bytes)) {
      yield batch
      batch = []
      bytes = FRAME
    }
    batch.push(record)
    bytes += record.bytes
  }
  if (batch.length > 0) yield batch
}

export function upsertBody(batch: readonly EncodedRecord[]): string {
  const column = (name: string, part: 'id' | 'embedding' | 'document' | 'metadata') =>
    `"${name}":[${batch.map(record => record[part]).join(',')}]`
  return `{${[
    column('ids', 'id'),
    column('embeddings', 'embedding'),
    column('documents', 'document'),
    column('metadatas', 'metadata'),
  ].join(',')}}`
}

function base64Of(vector: Float32Array): string {
  const bytes = new Uint8Array(vector.buffer, vector.byteOffset, vector.byteLength)
  const parts: string[] = []
  for (let at = 0; at < bytes.length; at += SLICE) {
    parts.push(String.fromCharCode(...bytes.subarray(at, at + SLICE)))
  }
  return btoa(parts.join(''))
}

/** Half a surrogate pair is no text to Chroma. */
function wellFormed(value: unknown): unknown {
  return typeof value === 'string' ? value.replace(/\p{Surrogate}/gu, '\ufffd') : value
}
