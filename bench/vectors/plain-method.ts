/** Plain JavaScript over `Float32Array`s, whose answers are the truth that recall is measured against. */
import { forEachKey } from '../../src/core/key-set.ts'
import { collectBest } from '../../src/core/ranking/best-keys.ts'
import type { VectorMethod, VectorMethodOptions } from './vector-method.ts'

interface Chunk {
  readonly keys: Uint32Array
  readonly rows: Float32Array
}

/** In slices as they come: one array could not hold a million vectors everywhere. */
export function createPlainMethod({ dimension }: VectorMethodOptions): VectorMethod {
  const chunks: Chunk[] = []
  const placeOf: (readonly [Chunk, number])[] = []
  return {
    settings: [0],
    usual: 0,
    add(keys, rows) {
      const chunk = { keys, rows }
      chunks.push(chunk)
      keys.forEach((key, i) => {
        placeOf[key] = [chunk, i * dimension]
      })
    },
    search(query, count) {
      const best = collectBest(count)
      for (const { keys, rows } of chunks) {
        for (let i = 0; i < keys.length; i++) best.offer(keys[i] as number, dot(rows, i * dimension, query))
      }
      return best.take().keys
    },
    select(query, count, selection) {
      const best = collectBest(count)
      forEachKey(selection.keys, key => {
        const place = placeOf[key]
        if (place !== undefined) best.offer(key, dot(place[0].rows, place[1], query))
      })
      return best.take().keys
    },
    bytes: () => chunks.reduce((sum, { rows }) => sum + rows.byteLength, 0),
  }
}

/** Four sums side by side, which is as fast as JavaScript gets. */
function dot(rows: Float32Array, start: number, query: Float32Array): number {
  let [a, b, c, d] = [0, 0, 0, 0]
  for (let i = 0, at = start; i < query.length; i += 4, at += 4) {
    a += (rows[at] as number) * (query[i] as number)
    b += (rows[at + 1] as number) * (query[i + 1] as number)
    c += (rows[at + 2] as number) * (query[i + 2] as number)
    d += (rows[at + 3] as number) * (query[i + 3] as number)
  }
  return a + b + c + d
}
