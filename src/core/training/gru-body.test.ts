import { describe, expect, it } from 'vitest'
import type { Tower } from '../ports/encoder.ts'
import { createArena } from './arena.ts'
import { ALONE } from './barrier.ts'
import { plainKernels } from './plain-kernels.ts'
import { createRandom } from './random.ts'
import { computeGradients, embed, runStep } from './step.ts'
import type { Parameter } from './tower-state.ts'
import { createStepWorker, trainingBytes } from './step-worker.ts'
import type { StepWorker } from './step-worker.ts'
import { PLAIN_PLAN } from './training-shape.ts'

const SHAPE = {
  ...PLAIN_PLAN,
  body: { kind: 'gru', inputs: 3 },
  negatives: 1,
  vocabulary: 11,
  dimension: 4,
  batch: 12,
  maxTokens: { query: 4, document: 8 },
  threads: 1,
} as const

const OPTIONS = { pairs: 12, negatives: 8, sharpness: 3, tableRate: 0.01, denseRate: 0.01, step: 1 }
const SIDES: readonly Tower[] = ['query', 'document']

/** The first thread, with texts of random pieces. */
function makeWorker(
  seed: number,
  maxTokens: Readonly<Record<Tower, number>> = SHAPE.maxTokens,
  threads = 1,
): StepWorker {
  const shape = { ...SHAPE, maxTokens, threads }
  const arena = createArena(new ArrayBuffer(trainingBytes(shape)))
  const thread = { kernels: plainKernels, share: { index: 0, count: threads }, barrier: ALONE }
  const worker = createStepWorker(arena, shape, thread)
  const random = createRandom(seed)
  const { table, towers } = worker.state
  fill(table.values, random.normal)
  for (const { values } of worker.body.parameters) fill(values, random.normal)
  for (const side of SIDES) {
    const { logWeights, head, ids, factors, offsets } = towers[side]
    fill(logWeights.values, () => random.normal() / 2)
    fill(head.values, random.normal)
    factors.fill(1)
    for (let row = 0; row < offsets.length - 1; row++) {
      offsets[row + 1] = (offsets[row] ?? 0) + 1 + random.below(SHAPE.maxTokens[side] - 1)
    }
    ids.forEach((_, i) => (ids[i] = random.below(SHAPE.vocabulary)))
  }
  weigh(worker)
  return worker
}

function fill(values: Float32Array, next: () => number): void {
  for (let i = 0; i < values.length; i++) values[i] = next()
}

function weigh({ state }: StepWorker): void {
  for (const side of SIDES) {
    const { weights, logWeights } = state.towers[side]
    for (let id = 0; id < weights.length; id++) weights[id] = Math.exp(logWeights.values[id] ?? 0)
  }
}

function lossOf(worker: StepWorker): number {
  weigh(worker)
  computeGradients(worker, OPTIONS)
  return worker.state.losses.reduce((sum, part) => sum + part, 0)
}

function copyOf({ values, gradient }: Parameter): Pick<Parameter, 'values' | 'gradient'> {
  return { values, gradient: gradient.slice() }
}

describe('a step of two towers with a recurrent body', () => {
  it.each([1, 2])('has the gradients that finite differences show, seed %i', seed => {
    const worker = makeWorker(seed)
    const { state, body } = worker
    computeGradients(worker, OPTIONS)
    const touched = body.spread(worker, { query: 12, document: 20 }, 1)
    const pieces = [state.table, ...SIDES.map(side => state.towers[side].logWeights)].map(copyOf)
    // Without a rate nothing moves, and the threads' parts are summed.
    body.update(worker, { ...touched, length: 0 }, { table: 0, dense: 0 })
    for (const { values, gradient } of [...pieces, ...body.parameters.map(copyOf)]) {
      for (let i = 0; i < values.length; i += 3) {
        const kept = values[i] ?? 0
        values[i] = kept + 3e-3
        const above = lossOf(worker)
        values[i] = kept - 3e-3
        const slope = (above - lossOf(worker)) / 6e-3
        values[i] = kept
        expect(Math.abs(slope - (gradient[i] ?? Number.NaN))).toBeLessThan(1e-3)
      }
    }
  })

  it('lowers the loss of the same batch when repeated', () => {
    const worker = makeWorker(5)
    const before = lossOf(worker)
    for (let step = 1; step <= 200; step++) runStep(worker, { ...OPTIONS, step })
    expect(lossOf(worker)).toBeLessThan(before / 2)
  })

  it('starts with states that still know the first of forty pieces', () => {
    const worker = makeWorker(3, { query: 4, document: 40 })
    worker.body.initialise(createRandom(1))
    const { ids, offsets, output } = worker.state.towers.document
    offsets.set([0, 40, 80])
    ids.fill(3)
    ids[0] = 2
    embed(worker, 'document', { first: 0, last: 2 })
    const distances = Array.from(output.subarray(0, 4), (value, d) => Math.abs(value - (output[4 + d] ?? 0)))
    expect(Math.max(...distances)).toBeGreaterThan(1e-3)
  })

  it('embeds a whole batch with the room of one share', () => {
    const [alone, shared] = [1, 3].map(threads => {
      const worker = makeWorker(4, SHAPE.maxTokens, threads)
      embed(worker, 'document', { first: 0, last: 24 })
      return [...worker.state.towers.document.output]
    })
    expect(shared).toEqual(alone)
  })
})
