import { describe, expect, it } from 'vitest'
import { createRandom } from './random.ts'
import { plainWindowKernels } from './window-kernels.ts'
import type { WindowBatch, WindowTables } from './window-kernels.ts'

const VOCABULARY = 9
const DIMENSION = 4

function makeTables(seed: number): WindowTables {
  const random = createRandom(seed)
  const table = (): Float32Array => Float32Array.from({ length: VOCABULARY * DIMENSION }, random.normal)
  return {
    inputs: table(),
    outputs: table(),
    dimension: DIMENSION,
    scratch: new Float32Array(2 * DIMENSION),
  }
}

/** One middle, 5, in a window of three others. */
const BATCH: WindowBatch = {
  ids: Int32Array.of(1, 2, 5, 3),
  starts: Int32Array.of(0, 0, 0, 0),
  ends: Int32Array.of(0, 0, 4, 0),
  strangers: Int32Array.of(0, 0, 0, 0, 7, 8, 0, 0),
  strangersEach: 2,
  count: 4,
}

function lossOf(tables: WindowTables): number {
  return plainWindowKernels.predictMiddles(tables, BATCH, 0)
}

describe('a step on a window', () => {
  it('goes down the gradient that finite differences show', () => {
    const before = makeTables(1)
    const after = makeTables(1)
    const rate = 1e-3
    plainWindowKernels.predictMiddles(after, BATCH, rate)
    for (const side of ['inputs', 'outputs'] as const) {
      for (let i = 0; i < before[side].length; i++) {
        const kept = before[side][i] ?? 0
        before[side][i] = kept + 1e-3
        const above = lossOf(before)
        before[side][i] = kept - 1e-3
        const slope = (above - lossOf(before)) / 2e-3
        before[side][i] = kept
        expect(((after[side][i] ?? 0) - kept) / -rate).toBeCloseTo(slope, 2)
      }
    }
  })

  it('passes over a piece that stands alone', () => {
    const tables = makeTables(2)
    const alone = { ...BATCH, ends: Int32Array.of(0, 0, 0, 0) }
    expect(plainWindowKernels.predictMiddles(tables, alone, 1)).toBe(0)
    expect(tables).toEqual(makeTables(2))
  })

  it('does not tell a piece from itself', () => {
    const own = { ...BATCH, strangers: Int32Array.of(0, 0, 0, 0, 5, 5, 0, 0) }
    const tables = makeTables(3)
    const none = { ...BATCH, strangers: new Int32Array(0), strangersEach: 0 }
    expect(plainWindowKernels.predictMiddles(tables, own, 0)).toBe(
      plainWindowKernels.predictMiddles(tables, none, 0),
    )
  })
})
