import { ChromaClient } from 'chromadb'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { hasChroma, startChroma } from '../../../tools/chroma-server.mjs'
import type { NewRecord, VectorServer } from '../../core/ports/vector-server.ts'
import { rowsOf } from '../seeded-vectors.ts'
import { DEFAULT_DATABASE, DEFAULT_TENANT } from './chroma-address.ts'
import { createChromaClient } from './chroma-client.ts'

const DIMENSION = 384

function records(): NewRecord[] {
  return Array.from({ length: 600 }, (_, i) => ({
    id: `document-${i}/0`,
    vector: rowsOf(1, DIMENSION, i),
    document: `Passage ${i}: größer 🙂 "quoted"\n`,
    metadata: { i, share: i / 7, title: `Title ${i}`, odd: i % 2 === 1, tags: ['a', `t${i % 3}`] },
  }))
}

/** What this project's client writes, Chroma's own must read, and the other way round. */
describe.skipIf(!hasChroma())('beside the official client', () => {
  let chroma: Awaited<ReturnType<typeof startChroma>>
  let ours: VectorServer
  let theirs: ChromaClient

  beforeAll(async () => {
    chroma = await startChroma()
    const credential = { kind: 'none' as const }
    const address = { server: chroma.url, tenant: DEFAULT_TENANT, database: DEFAULT_DATABASE, credential }
    ours = createChromaClient(address)
    theirs = new ChromaClient({ host: '127.0.0.1', port: chroma.port, ssl: false })
  })
  afterAll(() => chroma.stop())

  it('writes what the official client reads', async () => {
    const written = records()
    const collection = await ours.openCollection({
      name: 'written-here',
      space: 'cosine',
      metadata: { app: 'belfry', schema: 1 },
    })
    await collection.upsert(written)
    const seen = await theirs.getCollection({ name: 'written-here' })
    expect(seen.metadata).toEqual({ app: 'belfry', schema: 1 })
    expect(seen.configuration.hnsw?.space).toBe('cosine')
    expect(await seen.count()).toBe(600)
    const got = await seen.get({ include: ['documents', 'metadatas', 'embeddings'] })
    const rows = new Map(got.rows().map(row => [row.id, row]))
    for (const { id, vector, document, metadata } of written) {
      const row = rows.get(id)
      expect(row).toMatchObject({ document, metadata })
      const off = vector.map((number, j) => Math.abs(number - (row?.embedding?.[j] ?? Number.NaN)))
      expect(Math.max(...off)).toBeLessThan(1e-7)
    }
  })

  it('finds what the official client finds', async () => {
    const query = rowsOf(1, DIMENSION, 9999)
    const collection = await ours.collection('written-here')
    const near = await collection?.nearest(query, 10, [], { key: 'odd', is: true })
    const seen = await theirs.getCollection({ name: 'written-here' })
    const expected = await seen.query({ queryEmbeddings: [[...query]], nResults: 10, where: { odd: true } })
    expect(near?.map(({ id }) => id)).toEqual(expected.ids[0])
    expect(near?.map(({ distance }) => distance)).toEqual(expected.distances[0])
  })

  it('reads what the official client writes', async () => {
    const written = records()
    const collection = await theirs.createCollection({
      name: 'written-there',
      embeddingFunction: null,
      metadata: { by: 'another program' },
      configuration: { hnsw: { space: 'ip' } },
    })
    await collection.add({
      ids: written.map(({ id }) => id),
      embeddings: written.map(({ vector }) => [...vector]),
      documents: written.map(({ document }) => document),
      metadatas: written.map(({ metadata: { i = 0, title = '', share = 0 } }) => ({
        i: i as number,
        title: title as string,
        share: share as number,
      })),
    })
    const seen = await ours.collection('written-there')
    expect(seen).toMatchObject({ space: 'ip', dimension: DIMENSION, metadata: { by: 'another program' } })
    const got = await seen?.get(
      written.map(({ id }) => id),
      ['vector', 'document', 'metadata'],
    )
    expect(got).toEqual(
      written.map(record => {
        const { i, title, share } = record.metadata
        return { ...record, metadata: { i, title, share } }
      }),
    )
  })

  it('reads records that lack parts', async () => {
    const collection = await theirs.createCollection({ name: 'bare', embeddingFunction: null })
    await collection.add({ ids: ['only-a-vector'], embeddings: [[1, 2]] })
    const seen = await ours.collection('bare')
    expect(await seen?.find(undefined, 10, ['vector', 'document', 'metadata'])).toEqual([
      { id: 'only-a-vector', vector: Float32Array.of(1, 2) },
    ])
  })
})

/** Paths and fields that the client uses, as the server describes itself. */
describe.skipIf(!hasChroma())('the server’s own description', () => {
  it('has every path and field that is used', async () => {
    const chroma = await startChroma()
    try {
      const spec = (await (await fetch(`${chroma.url}/openapi.json`)).json()) as Spec
      const database = '/api/v2/tenants/{tenant}/databases/{database}'
      const records = `${database}/collections/{collection_id}`
      expect(Object.keys(spec.paths)).toEqual(
        expect.arrayContaining([
          '/api/v2/heartbeat',
          '/api/v2/pre-flight-checks',
          '/api/v2/tenants/{tenant_name}',
          database,
          `${database}/collections`,
          records,
          ...['upsert', 'get', 'delete', 'query', 'count'].map(verb => `${records}/${verb}`),
        ]),
      )
      const { properties } = spec.components.schemas['UpsertCollectionRecordsPayload'] ?? {}
      expect(Object.keys(properties ?? {})).toEqual(
        expect.arrayContaining(['ids', 'embeddings', 'documents', 'metadatas']),
      )
    } finally {
      await chroma.stop()
    }
  })
})

interface Spec {
  readonly paths: Readonly<Record<string, unknown>>
  readonly components: {
    readonly schemas: Readonly<Record<string, { readonly properties?: Readonly<Record<string, unknown>> }>>
  }
}
