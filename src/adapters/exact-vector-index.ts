/** Every vector looked at, in plain TypeScript: slow and obvious, the oracle of the fast ones. */
import { hasKey } from '../core/key-set.ts'
import type { VectorIndex } from '../core/ports/vector-index.ts'
import { collectBest } from '../core/ranking/best-keys.ts'
import { dotProduct, expectQuery, expectRows } from '../core/vector.ts'

export function createExactVectorIndex(dimension: number): VectorIndex {
  const rows = new Map<number, Float32Array>()

  return {
    async add(keys, vectors) {
      expectRows(keys, vectors, dimension)
      keys.forEach((key, i) => rows.set(key, vectors.slice(i * dimension, (i + 1) * dimension)))
    },

    async remove(keys) {
      for (const key of keys) rows.delete(key)
    },

    async search(query, limit, filter) {
      expectQuery(query, dimension)
      const best = collectBest(limit)
      let among = 0
      for (const [key, row] of rows) {
        if (filter !== undefined && !hasKey(filter, key)) continue
        best.offer(key, dotProduct(query, row))
        among++
      }
      return { ...best.take(), path: { kind: 'scan', compared: among, among, recall: 1, measuredOn: 0 } }
    },

    async score(query, keys) {
      expectQuery(query, dimension)
      return Float32Array.from(keys, key => {
        const row = rows.get(key)
        return row === undefined ? 0 : dotProduct(query, row)
      })
    },

    keys: async () => Uint32Array.from(rows.keys()).toSorted(),
    clear: async () => rows.clear(),
  }
}
