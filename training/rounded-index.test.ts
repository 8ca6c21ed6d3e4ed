import { describe, expect, it } from 'vitest'
import { createExactVectorIndex } from '../src/adapters/exact-vector-index.ts'
import { clusteredRows, keysUpTo, rowsOf } from '../src/adapters/seeded-vectors.ts'
import { createRoundedIndex } from './rounded-index.ts'

const DIMENSION = 64
const COUNT = 500

describe('the index of rounded vectors', () => {
  it('finds nearly what the exact one finds, and not all of it', async () => {
    const rows = clusteredRows(COUNT, DIMENSION, { clusters: 5, seed: 1 })
    const queries = rowsOf(20, DIMENSION, 2)
    const exact = createExactVectorIndex(DIMENSION)
    await exact.add(keysUpTo(COUNT), rows)
    const rounded = createRoundedIndex(rows, DIMENSION)
    let [same, moved] = [0, 0]
    for (let start = 0; start < queries.length; start += DIMENSION) {
      const query = queries.slice(start, start + DIMENSION)
      const right = (await exact.search(query, 20)).keys
      const got = rounded.search(query, 20).keys
      expect(got).toHaveLength(20)
      same += got.filter(key => right.includes(key)).length
      moved += got.filter((key, i) => key !== right[i]).length
    }
    expect(same).toBeGreaterThan(0.9 * 400)
    expect(moved).toBeGreaterThan(0)
  })

  it('gives all there are when asked for more', () => {
    expect(
      createRoundedIndex(rowsOf(3, DIMENSION, 1), DIMENSION).search(rowsOf(1, DIMENSION, 2), 9).keys,
    ).toHaveLength(3)
  })
})
