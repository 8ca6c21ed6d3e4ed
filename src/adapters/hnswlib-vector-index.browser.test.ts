import { loadHnswlib } from 'hnswlib-wasm'
import { describe, expect, it } from 'vitest'
import { createExactVectorIndex } from './exact-vector-index.ts'
import { createHnswlibVectorIndex } from './hnswlib-vector-index.ts'
import { clusteredRows, keysUpTo, rowsOf } from './seeded-vectors.ts'
import { describeVectorIndex, expectAgreement } from './vector-index.suite.ts'
import { openWorkerVectorIndex } from './worker-vector-index.ts'

const library = await loadHnswlib()

describeVectorIndex({
  name: 'hnswlib-wasm',
  create: dimension => createHnswlibVectorIndex(library, dimension),
})

function spawnNothing(): Worker {
  return new Worker('/there-is-no-such-file.js', { type: 'module' })
}

describe('hnswlib-wasm', () => {
  it('loses nothing when vectors are deleted and added again, and built anew', async () => {
    const [index, oracle] = [createHnswlibVectorIndex(library, 32), createExactVectorIndex(32)]
    const rows = clusteredRows(3000, 32, { clusters: 40, seed: 1 })
    await Promise.all([index.add(keysUpTo(3000), rows), oracle.add(keysUpTo(3000), rows)])
    for (let round = 0; round < 4; round++) {
      const some = keysUpTo(3000).filter(key => (key * 31 + round) % 7 === 0)
      const others = rowsOf(some.length, 32, round)
      for (const each of [index, oracle]) {
        await each.remove(some)
        await each.add(some, others)
      }
    }
    expect(await index.keys()).toEqual(await oracle.keys())
    const query = rowsOf(1, 32, 99)
    expect(await index.score(query, keysUpTo(3000))).toEqual(await oracle.score(query, keysUpTo(3000)))
    let found = 0
    for (let i = 0; i < 30; i++) {
      const asked = rows.slice(i * 32, (i + 1) * 32)
      const truth = new Set((await oracle.search(asked, 10)).keys)
      found += (await index.search(asked, 10)).keys.filter(key => truth.has(key)).length
    }
    expect(found).toBeGreaterThanOrEqual(285)
  })

  it('works in its worker', async () => {
    const index = await openWorkerVectorIndex(8)
    const oracle = createExactVectorIndex(8)
    for (const each of [index, oracle]) {
      await each.add(keysUpTo(50), rowsOf(50, 8, 1))
      await each.remove(keysUpTo(5))
    }
    await expectAgreement(index, oracle, rowsOf(1, 8, 2), 10)
    await expect(index.add(keysUpTo(1), new Float32Array(3))).rejects.toThrow(
      'expected 1 vectors of 8 values',
    )
    index.close?.()
  })

  it('says so when its worker cannot be started', async () => {
    await expect(openWorkerVectorIndex(8, spawnNothing)).rejects.toThrow('hnswlib-wasm could not be started')
  })
})
