import { describe, expect, it } from 'vitest'
import { type KeySet, keySetOf } from '../core/key-set.ts'
import type { VectorIndex } from '../core/ports/vector-index.ts'
import { createExactVectorIndex } from './exact-vector-index.ts'
import { createKernelVectorIndex } from './kernel-vector-index.ts'
import { clusteredRows, keysUpTo, rowsOf } from './seeded-vectors.ts'
import { expectAgreement } from './vector-index.suite.ts'

const DIMENSION = 96

describe('kernel scan', () => {
  it('agrees with the exact index on clustered vectors, over several segments of memory', async () => {
    const [index, oracle] = await pairOf('scan', clusteredRows(3000, DIMENSION, { clusters: 60, seed: 1 }))
    for (const query of queriesOf(20, 60)) {
      await expectAgreement(index, oracle, query, 10)
      await expectAgreement(index, oracle, query, 100)
    }
    await expectAgreement(index, oracle, rowsOf(1, DIMENSION, 9), 2900)
  })

  it('agrees with the exact index where rounding cannot tell the vectors apart', async () => {
    const centre = rowsOf(1, DIMENSION, 3)
    const noise = rowsOf(2000, DIMENSION, 4)
    const rows = noise.map((value, i) => (centre[i % DIMENSION] ?? 0) + 1e-4 * value)
    const [index, oracle] = await pairOf('scan', rows)
    await expectAgreement(index, oracle, centre, 10)
    await expectAgreement(index, oracle, rowsOf(1, DIMENSION, 5), 10)
  })

  it('gives ties to the smaller key among hundreds of copies', async () => {
    const index = createKernelVectorIndex({ dimension: 3, mode: 'scan' })
    const keys = keysUpTo(300).map(key => 1000 - key)
    await index.add(keys, new Float32Array(900).fill(Math.sqrt(1 / 3)))
    expect([...(await index.search(Float32Array.of(1, 0, 0), 4)).keys]).toEqual([701, 702, 703, 704])
  })

  it('agrees with the exact index behind filters that leave few, some and many', async () => {
    const [index, oracle] = await pairOf('scan', clusteredRows(3000, DIMENSION, { clusters: 60, seed: 1 }))
    const gone = keysUpTo(3000).filter(key => key % 9 === 0)
    await Promise.all([index.remove(gone), oracle.remove(gone)])
    for (const every of [100, 10, 2]) {
      const filter = keySetOf(keysUpTo(4000).filter(key => key % every === 1))
      for (const query of queriesOf(5, 60)) {
        await expectAgreement(index, oracle, query, 10, filter)
        await expectAgreement(index, oracle, query, 1000, filter)
      }
    }
  })

  it('uses slots again: what fits once fits for ever', async () => {
    const index = createKernelVectorIndex({ dimension: 64, mode: 'scan', maximumBytes: 1 << 19 })
    const oracle = createExactVectorIndex(64)
    for (let round = 0; round < 8; round++) {
      const keys = keysUpTo(1800).map(key => key + round * 100)
      const rows = rowsOf(1800, 64, round)
      await Promise.all([index.add(keys, rows), oracle.add(keys, rows)])
      const gone = keys.subarray(0, 100)
      await Promise.all([index.remove(gone), oracle.remove(gone)])
    }
    await expectAgreement(index, oracle, rowsOf(1, 64, 99), 10)
  })
})

describe('kernel graph', () => {
  it('finds at least 95 % of the true ten nearest of clustered vectors', async () => {
    const [index, oracle] = await pairOf('graph', clusteredRows(4000, DIMENSION, { clusters: 80, seed: 2 }))
    expect(await recallAt10(index, oracle, queriesOf(50, 80))).toBeGreaterThanOrEqual(0.95)
  })

  it('finds at least 95 % of them behind a filter that leaves most', async () => {
    const [index, oracle] = await pairOf('graph', clusteredRows(4000, DIMENSION, { clusters: 80, seed: 2 }))
    const filter = keySetOf(keysUpTo(4000).filter(key => key % 3 !== 0))
    expect(await recallAt10(index, oracle, queriesOf(50, 80), filter)).toBeGreaterThanOrEqual(0.95)
  })

  it('still does after half of them are replaced and a quarter removed', async () => {
    const [index, oracle] = await pairOf('graph', clusteredRows(3000, DIMENSION, { clusters: 60, seed: 2 }))
    const others = clusteredRows(1500, DIMENSION, { clusters: 60, seed: 7 })
    const gone = keysUpTo(750).map(key => key * 2)
    for (const each of [index, oracle]) {
      await each.add(keysUpTo(1500), others)
      await each.remove(gone)
    }
    expect([...(await index.keys())]).toEqual([...(await oracle.keys())])
    expect(await recallAt10(index, oracle, queriesOf(50, 60))).toBeGreaterThanOrEqual(0.95)
  })

  it('answers the same when the same vectors come in the same order', async () => {
    const rows = clusteredRows(1500, DIMENSION, { clusters: 30, seed: 4 })
    const [first] = await pairOf('graph', rows)
    const [second] = await pairOf('graph', rows)
    for (const query of queriesOf(10, 30)) {
      expect(await first.search(query, 30)).toEqual(await second.search(query, 30))
    }
  })

  it('finds vectors among thousands of copies of one', async () => {
    const rows = clusteredRows(3000, DIMENSION, { clusters: 30, seed: 5 })
    for (let row = 1; row < 1500; row++) rows.copyWithin(row * DIMENSION, 0, DIMENSION)
    const [index, oracle] = await pairOf('graph', rows)
    expect(await recallAt10(index, oracle, queriesOf(30, 30, 5))).toBeGreaterThanOrEqual(0.95)
  })
})

describe('kernel scan by signs', () => {
  it('finds at least 95 % of the true ten nearest of clustered vectors', async () => {
    const [index, oracle] = await pairOf('signs', clusteredRows(4000, DIMENSION, { clusters: 80, seed: 2 }))
    expect(await recallAt10(index, oracle, queriesOf(50, 80))).toBeGreaterThanOrEqual(0.95)
  })
})

describe.each(['scan', 'graph'] as const)('kernel %s', mode => {
  it('refuses what does not fit into memory and stays as it was', async () => {
    const index = createKernelVectorIndex({ dimension: 64, mode, maximumBytes: 2 ** 20 })
    const oracle = createExactVectorIndex(64)
    await Promise.all([
      index.add(keysUpTo(900), rowsOf(900, 64, 1)),
      oracle.add(keysUpTo(900), rowsOf(900, 64, 1)),
    ])
    await expect(index.add(keysUpTo(9000), rowsOf(9000, 64, 2))).rejects.toThrow(
      'expected memory for 9000 more vectors beside 900 vectors of 64 values, got none',
    )
    await expectAgreement(index, oracle, rowsOf(1, 64, 3), 20)
    await Promise.all([
      index.add(keysUpTo(10), rowsOf(10, 64, 4)),
      oracle.add(keysUpTo(10), rowsOf(10, 64, 4)),
    ])
    await expectAgreement(index, oracle, rowsOf(1, 64, 3), 20)
  })

  it('keeps the living when most of the others have gone', async () => {
    const rows = clusteredRows(2600, DIMENSION, { clusters: 40, seed: 6 })
    const [index, oracle] = await pairOf(mode, rows)
    const gone = keysUpTo(2600).filter(key => key % 13 !== 0)
    await Promise.all([index.remove(gone), oracle.remove(gone)])
    await expectAgreement(index, oracle, rowsOf(1, DIMENSION, 8), 200)
    await Promise.all([
      index.add(keysUpTo(30), rowsOf(30, DIMENSION, 9)),
      oracle.add(keysUpTo(30), rowsOf(30, DIMENSION, 9)),
    ])
    await expectAgreement(index, oracle, rowsOf(1, DIMENSION, 8), 230)
  })

  it('refuses a dimension that the kernels cannot take', () => {
    for (const dimension of [0, 1.5, 4097, Number.NaN]) {
      expect(() => createKernelVectorIndex({ dimension, mode })).toThrow(
        'expected a dimension from 1 to 4096',
      )
    }
  })
})

async function pairOf(
  mode: 'scan' | 'signs' | 'graph',
  rows: Float32Array,
): Promise<[VectorIndex, VectorIndex]> {
  const index = createKernelVectorIndex({ dimension: DIMENSION, mode })
  const oracle = createExactVectorIndex(DIMENSION)
  const keys = keysUpTo(rows.length / DIMENSION)
  await Promise.all([index.add(keys, rows), oracle.add(keys, rows)])
  return [index, oracle]
}

/** From the same clusters as rows made with the same seed. */
function queriesOf(count: number, clusters: number, seed = 2): Float32Array[] {
  const rows = clusteredRows(count + 100, DIMENSION, { clusters, seed })
  return Array.from({ length: count }, (_, i) => {
    const noisy = rows.slice((i + 100) * DIMENSION, (i + 101) * DIMENSION)
    const noise = rowsOf(1, DIMENSION, i)
    const shifted = noisy.map((value, j) => value + 0.3 * (noise[j] ?? 0))
    const length = Math.hypot(...shifted)
    return shifted.map(value => value / length)
  })
}

async function recallAt10(
  index: VectorIndex,
  oracle: VectorIndex,
  queries: readonly Float32Array[],
  filter?: KeySet,
): Promise<number> {
  let found = 0
  for (const query of queries) {
    const truth = new Set((await oracle.search(query, 10, filter)).keys)
    found += (await index.search(query, 10, filter)).keys.filter(key => truth.has(key)).length
  }
  return found / (10 * queries.length)
}
