import { forEachKey, type KeySet } from '../key-set.ts'
import type { Neighbours, VectorIndex } from '../ports.ts'
import { collectBest } from './best-keys.ts'

/** The neighbours of a unit query among the keys of a set: all of them are scored, which is exact. */
export async function nearestWithin(
  vectorIndex: Pick<VectorIndex, 'score'>,
  query: Float32Array,
  limit: number,
  within: KeySet,
): Promise<Neighbours> {
  const keys = new Uint32Array(within.size)
  let next = 0
  forEachKey(within, key => {
    keys[next++] = key
  })
  const scores = await vectorIndex.score(query, keys)
  const best = collectBest(limit)
  keys.forEach((key, i) => best.offer(key, scores[i] as number))
  return best.take()
}
