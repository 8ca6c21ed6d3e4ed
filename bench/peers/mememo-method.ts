/** MeMemo 0.1.0, in memory: vectors that lie in IndexedDB while it searches take it seconds. */
import { HNSW } from 'mememo'
import { store, stored } from '../browser/stored.ts'
import type { VectorMethod, VectorMethodOptions } from '../vectors/vector-method.ts'

interface Saved {
  readonly index: string
  readonly keys: string[]
  readonly rows: Float32Array
}

export function createMememoMethod({ dimension }: VectorMethodOptions): VectorMethod {
  let index = create()
  const removed = new Set<number>()
  return {
    settings: [50, 100, 200],
    usual: 100,
    async add(keys, rows) {
      const values = rowsOf(rows, dimension)
      if (!keys.some(key => removed.has(key))) return index.bulkInsert(Array.from(keys, String), values)
      for (const [i, key] of keys.entries()) await index.insert(String(key), values[i] ?? [])
    },
    search: async (query, count, breadth) => (await index.query([...query], count, breadth)).keys.map(Number),
    async remove(keys) {
      for (const key of keys) {
        removed.add(key)
        await index.markDeleted(String(key))
      }
    },
    async save() {
      const { nodesMap } = index.nodes
      const rows = new Float32Array(nodesMap.size * dimension)
      Array.from(nodesMap.values(), ({ value }, i) => rows.set(value, i * dimension))
      const text = JSON.stringify(index.exportIndex())
      await store('mememo', { index: text, keys: [...nodesMap.keys()], rows } satisfies Saved)
      return text.length + rows.byteLength
    },
    async load() {
      index = create()
      const saved = await stored<Saved>('mememo')
      index.loadIndex(JSON.parse(saved.index))
      await index.bulkInsertSkipIndex(saved.keys, rowsOf(saved.rows, dimension))
    },
  }
}

function create(): HNSW {
  return new HNSW({
    distanceFunction: 'cosine-normalized',
    m: 16,
    efConstruction: 200,
    seed: 1,
    useIndexedDB: false,
  })
}

function rowsOf(rows: Float32Array, dimension: number): number[][] {
  return Array.from({ length: rows.length / dimension }, (_, i) => [
    ...rows.subarray(i * dimension, (i + 1) * dimension),
  ])
}
