import { expect, it } from 'vitest'
import { createArena } from './arena.ts'
import { ALONE } from './barrier.ts'
import { plainKernels } from './plain-kernels.ts'
import { createStepWorker, trainingBytes } from './step-worker.ts'
import { PLAIN_PLAN } from './training-shape.ts'
import { updatePieces } from './update-pieces.ts'

const RATES = { table: 0.01, dense: 0.01 }
const UNTOUCHED = { stamps: new Int32Array(0), list: new Int32Array(0), length: 0, stamp: 0 }

/** A vocabulary that is no multiple of four. */
function makeWorker() {
  const sizes = { vocabulary: 7, dimension: 4, batch: 4, maxTokens: { query: 4, document: 4 }, threads: 1 }
  const shape = { ...PLAIN_PLAN, ...sizes }
  const thread = { kernels: plainKernels, share: { index: 0, count: 1 }, barrier: ALONE }
  return createStepWorker(createArena(new ArrayBuffer(trainingBytes(shape))), shape, thread)
}

it('moves the weight of a piece on in steps that do not touch it, and no other', () => {
  const { kernels, share, state } = makeWorker()
  const { logWeights, weights } = state.towers.query
  const thread = { kernels, share }
  logWeights.gradient[6] = 1
  const seen: number[] = []
  for (let step = 0; step < 3; step++) {
    updatePieces(thread, state, UNTOUCHED, RATES)
    seen.push(logWeights.values[6] ?? 0)
  }
  expect(seen[0]).toBeLessThan(0)
  expect(seen[1]).toBeLessThan(seen[0] ?? 0)
  expect(seen[2]).toBeLessThan(seen[1] ?? 0)
  expect([...logWeights.values.subarray(0, 6)]).toEqual([0, 0, 0, 0, 0, 0])
  expect([...logWeights.gradient]).toEqual([0, 0, 0, 0, 0, 0, 0])
  weights.forEach((weight, id) => expect(weight).toBeCloseTo(Math.exp(logWeights.values[id] ?? 0), 6))
})
