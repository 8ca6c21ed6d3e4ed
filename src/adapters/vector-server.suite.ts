import { describe, expect, it } from 'vitest'
import type {
  DistanceSpace,
  Metadata,
  NewRecord,
  RecordFilter,
  RemoteCollection,
  VectorServer,
} from '../core/ports/vector-server.ts'

let opened = 0

/** The promises of the `VectorServer` port; `connect` gives a server that others may be using too. */
export function runVectorServerSuite(name: string, connect: () => VectorServer): void {
  const open = (space: DistanceSpace = 'cosine', metadata: Metadata = {}) =>
    connect().openCollection({ name: `suite-${process.pid}-${++opened}`, space, metadata })

  describe(`vector server: ${name}`, () => {
    it('tells a time that goes on', async () => {
      const first = await connect().now()
      expect(first).toBeGreaterThan(Date.UTC(2020, 0))
      expect(await connect().now()).toBeGreaterThanOrEqual(first)
    })

    it('finds the database that it was given', async () => {
      expect(await connect().place()).toBe('found')
    })

    it('opens a collection that is there as it is', async () => {
      const first = await open('cosine', { app: 'one', schema: 1, ok: true })
      expect(first).toMatchObject({ space: 'cosine', metadata: { app: 'one', schema: 1, ok: true } })
      const again = await connect().openCollection({
        name: first.name,
        space: 'l2',
        metadata: { app: 'two' },
      })
      expect(again).toMatchObject({ id: first.id, space: 'cosine', metadata: { app: 'one' } })
      expect(await connect().collection(first.name)).toMatchObject({ id: first.id, name: first.name })
      expect((await connect().collections()).map(({ id }) => id)).toContain(first.id)
    })

    it('drops a collection with its records, once or twice', async () => {
      const first = await open()
      await first.upsert([record('a', [1, 0])])
      await connect().dropCollection(first.name)
      await connect().dropCollection(first.name)
      expect(await connect().collection(first.name)).toBeUndefined()
      const { name, id } = first
      const second = await connect().openCollection({ name, space: 'cosine', metadata: {} })
      expect(second.id).not.toBe(id)
      expect(await second.count()).toBe(0)
      await expect(first.count()).rejects.toMatchObject({ kind: 'not-found' })
    })

    it('gives back what was written, to the last bit and letter', async () => {
      const collection = await open('l2')
      const numbers = Float32Array.of(0.1, -1 / 3, 1e-30, 123456.789)
      const metadata = { text: 'ü', whole: 7, part: 0.5, yes: false, list: ['a', 'b'] }
      const document = 'Wörter 🙂 "quoted"\n\\\u0001\t\u2028 and   spaces '
      await collection.upsert([{ id: 'doc/1', vector: numbers, document, metadata }])
      expect(await collection.get(['doc/1'], ['vector', 'document', 'metadata'])).toEqual([
        { id: 'doc/1', vector: numbers, document, metadata },
      ])
      expect(await collection.get(['doc/1'], [])).toEqual([{ id: 'doc/1' }])
    })

    it('gives the records of ids in the order asked for, and leaves out what is missing', async () => {
      const collection = await open()
      await collection.upsert(['a', 'b', 'c'].map(id => record(id, [1, 1])))
      expect(await idsOf(collection.get(['c', 'x', 'a'], []))).toEqual(['c', 'a'])
      expect(await collection.get([], [])).toEqual([])
      expect(await collection.get(['x'], ['vector'])).toEqual([])
    })

    it('replaces a record and keeps the metadata that the new one does not name', async () => {
      const collection = await open()
      await collection.upsert([
        { ...record('a', [1, 0]), document: 'old', metadata: { kept: 1, changed: 1 } },
      ])
      await collection.upsert([{ ...record('a', [0, 1]), document: '', metadata: { changed: 2, empty: [] } }])
      const [found] = await collection.get(['a'], ['vector', 'document', 'metadata'])
      expect(found).toEqual({
        id: 'a',
        vector: Float32Array.of(0, 1),
        document: '',
        metadata: { kept: 1, changed: 2 },
      })
      expect(await collection.count()).toBe(1)
    })

    it('takes the last of records with one id', async () => {
      const collection = await open()
      await collection.upsert([record('a', [1, 0]), record('b', [1, 0]), record('a', [0, 1])])
      expect(await collection.get(['a'], ['vector'])).toEqual([{ id: 'a', vector: Float32Array.of(0, 1) }])
    })

    it('writes and reads more than fits one batch', async () => {
      const collection = await open()
      const ids = Array.from({ length: 1203 }, (_, i) => `r${i}`)
      await collection.upsert(ids.map((id, i) => ({ ...record(id, [1, i]), metadata: { i } })))
      expect(await collection.count()).toBe(1203)
      expect(await idsOf(collection.get(ids.toReversed(), ['metadata']))).toEqual(ids.toReversed())
      await collection.remove([...ids.slice(3), 'unknown'])
      expect(await collection.count()).toBe(3)
      expect(await collection.find(undefined, 10, [])).toHaveLength(3)
    })

    it('removes nothing when it is asked to remove nothing', async () => {
      const collection = await open()
      await collection.upsert([record('a', [1, 0])])
      await collection.remove([])
      expect(await collection.count()).toBe(1)
    })

    it('finds by metadata', async () => {
      const collection = await open()
      await collection.upsert([
        { ...record('a', [1, 0]), metadata: { i: 1, s: 'x', tags: ['p', 'q'] } },
        { ...record('b', [1, 0]), metadata: { i: 2, s: 'y' } },
        { ...record('c', [1, 0]), metadata: { i: 3 } },
      ])
      const found = async (filter: RecordFilter) => (await idsOf(collection.find(filter, 10, []))).toSorted()
      expect(await found({ key: 's', is: 'x' })).toEqual(['a'])
      expect(await found({ key: 's', not: 'x' })).toEqual(['b', 'c'])
      expect(await found({ key: 'i', above: 1 })).toEqual(['b', 'c'])
      expect(await found({ key: 'i', atMost: 2 })).toEqual(['a', 'b'])
      expect(await found({ key: 'i', oneOf: [1, 3, 9] })).toEqual(['a', 'c'])
      expect(await found({ key: 'tags', has: 'q' })).toEqual(['a'])
      expect(
        await found({
          all: [
            { key: 'i', above: 1 },
            { key: 'i', atMost: 2 },
          ],
        }),
      ).toEqual(['b'])
      expect(await found({ any: [{ key: 's', is: 'y' }, { all: [{ key: 'i', is: 3 }] }] })).toEqual([
        'b',
        'c',
      ])
      expect(await idsOf(collection.find({ key: 'i', above: 0 }, 2, []))).toHaveLength(2)
    })

    it('gives one page of what it finds', async () => {
      const server = connect()
      const collection = await open()
      const ids = Array.from({ length: server.pageSize + 5 }, (_, i) => `r${i}`)
      await collection.upsert(ids.map(id => record(id, [1, 0])))
      expect(await collection.find(undefined, ids.length, [])).toHaveLength(server.pageSize)
    })

    it.each([
      ['cosine', [4, 3], [0, 0.2, 2]],
      ['l2', [0.6, 0.8], [0, 0.8, 4]],
      ['ip', [0.6, 0.8], [0, 0.4, 2]],
    ] as const)('finds the nearest by %s', async (space, second, distances) => {
      const collection = await open(space)
      await collection.upsert([
        { ...record('far', [-1, 0]), metadata: { side: 'left' } },
        record('near', second),
        record('same', [1, 0]),
      ])
      const query = Float32Array.of(1, 0)
      const near = await collection.nearest(query, 10, ['document'])
      expect(near.map(({ id }) => id)).toEqual(['same', 'near', 'far'])
      for (const [i, { distance }] of near.entries()) expect(distance).toBeCloseTo(distances[i] ?? 0, 5)
      expect(near[0]?.document).toBe('same')
      const left = await collection.nearest(query, 10, [], { key: 'side', is: 'left' })
      expect(left.map(({ id }) => id)).toEqual(['far'])
      expect(await collection.nearest(query, 1, [])).toHaveLength(1)
    })

    it('refuses vectors of another dimension, with a sentence', async () => {
      const collection = await open()
      await collection.upsert([record('a', [1, 0, 0])])
      await expect(collection.upsert([record('b', [1, 0])])).rejects.toMatchObject({
        name: 'VectorServerFailed',
        kind: 'invalid',
        message: expect.stringContaining('dimension of 3, got 2') as string,
      })
      expect((await connect().collection(collection.name))?.dimension).toBe(3)
    })
  })
}

function record(id: string, vector: readonly number[]): NewRecord {
  return { id, vector: Float32Array.from(vector), document: id, metadata: {} }
}

async function idsOf(found: ReturnType<RemoteCollection['get']>): Promise<string[]> {
  return (await found).map(({ id }) => id)
}
