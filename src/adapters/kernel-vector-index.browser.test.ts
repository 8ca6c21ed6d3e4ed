import { describe, expect, it } from 'vitest'
import { bestKernelVariant } from '../kernels/choose-kernel-variant.ts'
import type { KernelVariant } from '../kernels/load-search-kernels.ts'
import { createExactVectorIndex } from './exact-vector-index.ts'
import { createKernelVectorIndex } from './kernel-vector-index.ts'
import { clusteredRows, keysUpTo, rowsOf } from './seeded-vectors.ts'
import { describeVectorIndex, expectAgreement } from './vector-index.suite.ts'

const VARIANTS: readonly KernelVariant[] = ['simd', 'relaxed']

for (const mode of ['scan', 'graph'] as const) {
  describeVectorIndex({
    name: `the kernel ${mode} in a browser`,
    create: dimension => createKernelVectorIndex({ dimension, mode }),
  })
}

describe('kernels in a browser', () => {
  it('run in the relaxed variant', () => {
    expect(bestKernelVariant()).toBe('relaxed')
  })

  it.each(VARIANTS)('scan exactly (%s)', async variant => {
    const rows = clusteredRows(3000, 256, { clusters: 50, seed: 1 })
    const index = createKernelVectorIndex({ dimension: 256, mode: 'scan', variant })
    const oracle = createExactVectorIndex(256)
    await Promise.all([index.add(keysUpTo(3000), rows), oracle.add(keysUpTo(3000), rows)])
    for (let i = 0; i < 10; i++) {
      await expectAgreement(index, oracle, rows.slice(i * 256, (i + 1) * 256), 10)
      await expectAgreement(index, oracle, rowsOf(1, 256, i), 100)
    }
  })

  it.each(VARIANTS)('walk to nearly all of the nearest (%s)', async variant => {
    const rows = clusteredRows(2000, 256, { clusters: 40, seed: 3 })
    const index = createKernelVectorIndex({ dimension: 256, mode: 'graph', variant })
    const oracle = createExactVectorIndex(256)
    await Promise.all([index.add(keysUpTo(2000), rows), oracle.add(keysUpTo(2000), rows)])
    let found = 0
    for (let i = 0; i < 40; i++) {
      const query = rows.slice(i * 256, (i + 1) * 256)
      const truth = new Set((await oracle.search(query, 10)).keys)
      found += (await index.search(query, 10)).keys.filter(key => truth.has(key)).length
    }
    expect(found).toBeGreaterThanOrEqual(0.95 * 400)
  })
})
