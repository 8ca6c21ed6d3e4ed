import { describe, expect, it } from 'vitest'
import type { NewRecord, RemoteCollection } from '../../core/ports/vector-server.ts'
import type { ChromaSettings } from './chroma-client.ts'
import { type Answer, json, type SeenRequest, startScriptedServer, text } from './scripted-server.suite.ts'

const COLLECTION = {
  id: '00000000-0000-4000-8000-000000000001',
  name: 'notes',
  configuration_json: { hnsw: { space: 'cosine' } },
  dimension: null,
  metadata: null,
}
const PREFLIGHT = { max_batch_size: 5461, supports_base64_encoding: true }
const LETTERS = 'abcdefgh'.split('')

const server = startScriptedServer()

function record(id: string, document = 'text'): NewRecord {
  return { id, document, vector: Float32Array.of(1, -2), metadata: {} }
}

/** A collection of a server that answers so from then on. */
async function open(
  answers: readonly Answer[],
  settings: Partial<ChromaSettings> = {},
): Promise<RemoteCollection> {
  server.answer(json(200, COLLECTION))
  const client = server.connect(settings)
  const collection = await client.openCollection({ name: 'notes', space: 'cosine', metadata: {} })
  server.take()
  server.answer(...answers)
  return collection
}

function bodiesOf(requests: readonly SeenRequest[]): string[] {
  return requests.filter(({ url }) => url.endsWith('/upsert')).map(({ body }) => body)
}

/** The ids of each batch, as a word. */
function idsSent(): string[] {
  return bodiesOf(server.take()).map(idsOf)
}

function idsOf(body: string): string {
  return (JSON.parse(body) as { ids: string[] }).ids.join('')
}

/** Takes no body above 350 bytes. */
const picky: Answer = (response, request, body) => {
  if (body.length > 350) text(413, 'too large')(response, request, body)
  else json(200, {})(response, request, body)
}

describe('records', () => {
  it('are sent as base64 where the server takes it, and as numbers where not', async () => {
    for (const base64 of [true, false]) {
      const collection = await open([
        json(200, { ...PREFLIGHT, supports_base64_encoding: base64 }),
        json(200, {}),
      ])
      await collection.upsert([record('a')])
      const { embeddings } = JSON.parse(server.take().at(-1)?.body ?? '') as { embeddings: unknown }
      expect(embeddings).toEqual(base64 ? ['AACAPwAAAMA='] : [[1, -2]])
    }
  })

  it('are sent in batches of so many', async () => {
    const collection = await open([json(200, PREFLIGHT), json(200, {})], { batchRecords: 3 })
    await collection.upsert(LETTERS.map(id => record(id)))
    expect(idsSent()).toEqual(['abc', 'def', 'gh'])
  })

  it('are sent in batches of so many bytes, one that is larger alone', async () => {
    const collection = await open([json(200, PREFLIGHT), json(200, {})], { batchBytes: 1000 })
    const long = record('x', 'ü'.repeat(900))
    await collection.upsert([record('a', 'ü'.repeat(430)), record('b'), record('c'), long, record('d')])
    const sent = bodiesOf(server.take())
    expect(sent.map(idsOf)).toEqual(['ab', 'c', 'x', 'd'])
    expect(sent.filter(body => Buffer.byteLength(body) > 1000)).toHaveLength(1)
  })

  it('are sent in halves when a batch is too large, and in smaller batches from then on', async () => {
    const all = LETTERS.map(id => record(id, 'x'.repeat(100)))
    const collection = await open([json(200, PREFLIGHT), picky])
    await collection.upsert(all)
    expect(idsSent()).toEqual(['abcdefgh', 'abcd', 'ab', 'cd', 'efgh', 'ef', 'gh'])
    await collection.upsert(all)
    expect(idsSent()).toEqual(['ab', 'cd', 'ef', 'gh'])
    const alone = collection.upsert([record('z', 'z'.repeat(500))])
    await expect(alone).rejects.toMatchObject({ kind: 'too-large' })
  })

  it('without half LETTERS, which are no text', async () => {
    const collection = await open([json(200, PREFLIGHT), json(200, {})])
    await collection.upsert([{ ...record('a', 'x\ud83dy'), metadata: { title: '\ude42' } }])
    expect(JSON.parse(server.take().at(-1)?.body ?? '')).toMatchObject({
      documents: ['x\ufffdy'],
      metadatas: [{ title: '\ufffd' }],
    })
  })

  it.each<[string, unknown]>([
    ['more records than were asked for', { ids: ['a', 'b'] }],
    ['an id that is no text', { ids: [1] }],
    ['columns of another length', { ids: ['a'], documents: ['x', 'y'] }],
    ['a vector that is none', { ids: ['a'], embeddings: [['1']] }],
    ['numbers that are none', { ids: ['a'], embeddings: [[1, null]] }],
    ['metadata that is none', { ids: ['a'], metadatas: ['x'] }],
    ['no ids', { documents: [] }],
  ])('are refused with %s', async (_, answer) => {
    const collection = await open([json(200, answer)])
    const asked = collection.get(['a'], ['vector', 'document', 'metadata'])
    await expect(asked).rejects.toMatchObject({ kind: 'protocol' })
  })

  it('are read without values that only other programs know', async () => {
    const collection = await open([
      json(200, { ids: ['a'], metadatas: [{ x: 1, y: null, z: { deep: 1 }, l: ['a', 1], t: ['a'] }] }),
    ])
    expect(await collection.get(['a'], ['metadata'])).toEqual([{ id: 'a', metadata: { x: 1, t: ['a'] } }])
  })

  it('are not found where nobody asked for them', async () => {
    const collection = await open([json(200, { ids: ['b'] })])
    expect(await collection.get(['a'], [])).toEqual([])
  })
})
