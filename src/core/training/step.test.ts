import { describe, expect, it } from 'vitest'
import type { Tower } from '../ports/encoder.ts'
import { createArena } from './arena.ts'
import { ALONE } from './barrier.ts'
import { plainKernels } from './plain-kernels.ts'
import { createRandom } from './random.ts'
import { computeGradients, runStep } from './step.ts'
import type { StepOptions } from './step.ts'
import { createStepWorker, trainingBytes } from './step-worker.ts'
import type { StepWorker } from './step-worker.ts'
import { mostTexts, PLAIN_PLAN } from './training-shape.ts'
import type { TrainingPlan } from './training-shape.ts'
import type { TrainingState } from './tower-state.ts'

const SHAPE = {
  ...PLAIN_PLAN,
  vocabulary: 11,
  dimension: 6,
  batch: 5,
  maxTokens: { query: 4, document: 8 },
  threads: 1,
}

const OPTIONS: StepOptions = {
  pairs: 5,
  negatives: 0,
  sharpness: 3,
  tableRate: 0.01,
  denseRate: 0.01,
  step: 1,
}

function makeWorker(seed: number, plan: Partial<TrainingPlan> = {}): StepWorker {
  const shape = { ...SHAPE, ...plan }
  const arena = createArena(new ArrayBuffer(trainingBytes(shape)))
  const thread = { kernels: plainKernels, share: { index: 0, count: 1 }, barrier: ALONE }
  const worker = createStepWorker(arena, shape, thread)
  const { state } = worker
  const random = createRandom(seed)
  state.table.values.forEach((_, i) => (state.table.values[i] = random.normal()))
  for (const side of ['query', 'document'] as const) fillTower(state, side, seed)
  return worker
}

function fillTower(state: TrainingState, side: Tower, seed: number): void {
  const tower = state.towers[side]
  const random = createRandom(seed + (side === 'query' ? 1 : 2))
  for (let i = 0; i < SHAPE.vocabulary; i++) {
    tower.logWeights.values[i] = random.normal() / 2
    tower.weights[i] = Math.exp(tower.logWeights.values[i] ?? 0)
  }
  tower.head.values.forEach((_, i) => (tower.head.values[i] = random.normal()))
  let next = 0
  for (let row = 0; row < mostTexts(state.shape, side); row++) {
    const count = 1 + random.below(SHAPE.maxTokens[side] - 1)
    for (let t = 0; t < count; t++) {
      tower.factors[next] = 0.5 + random.next()
      tower.ids[next++] = random.below(SHAPE.vocabulary)
    }
    tower.offsets[row + 1] = next
  }
}

/** With as many mined documents as there is room for. */
function optionsOf({ state }: StepWorker): StepOptions {
  return { ...OPTIONS, negatives: OPTIONS.pairs * state.shape.negatives }
}

function lossOf(worker: StepWorker): number {
  computeGradients(worker, optionsOf(worker))
  return worker.state.losses.reduce((sum, part) => sum + part, 0)
}

function logSum(values: readonly number[]): number {
  return Math.log(values.reduce((sum, value) => sum + Math.exp(value), 0))
}

/** Central difference of the loss in one number. */
function slope(worker: StepWorker, values: Float32Array, index: number): number {
  const { towers } = worker.state
  const kept = values[index] ?? 0
  const at = (value: number): number => {
    values[index] = value
    for (const side of ['query', 'document'] as const) {
      const { weights, logWeights } = towers[side]
      for (let i = 0; i < weights.length; i++) weights[i] = Math.exp(logWeights.values[i] ?? 0)
    }
    return lossOf(worker)
  }
  const width = 1e-3
  const difference = (at(kept + width) - at(kept - width)) / (2 * width)
  at(kept)
  return difference
}

const PLANS: readonly (readonly [name: string, plan: Partial<TrainingPlan>])[] = [
  ['plain', {}],
  ['with mined documents', { negatives: 1 }],
  ['with heads of three layers', { head: { kind: 'relu', dropout: 0.25 } }],
  ['with prefixes', { prefixes: [2, 4] }],
  [
    'with all of it',
    { negatives: 1, head: { kind: 'relu', dropout: 0 }, prefixes: [4], loss: { kind: 'triplet', margin: 2 } },
  ],
]

describe.each(PLANS)('a step of the two towers, %s,', (_, plan) => {
  it.each([1, 2, 3])('has the gradients that finite differences show, seed %i', seed => {
    const worker = makeWorker(seed, plan)
    const { state } = worker
    const options = optionsOf(worker)
    computeGradients(worker, options)
    const texts = { query: options.pairs, document: options.pairs + options.negatives }
    worker.body.spread(worker, texts, options.step)
    const parts = [
      { values: state.table.values, gradient: state.table.gradient },
      ...(['query', 'document'] as const).flatMap(side => {
        const { head, headParts, logWeights } = state.towers[side]
        return [
          { values: head.values, gradient: headParts[0] ?? new Float32Array(0) },
          { values: logWeights.values, gradient: logWeights.gradient },
        ]
      }),
    ].map(part => ({ values: part.values, gradient: part.gradient.slice() }))
    for (const { values, gradient } of parts) {
      for (let i = 0; i < values.length; i += 3) {
        expect(Math.abs(slope(worker, values, i) - (gradient[i] ?? 0))).toBeLessThan(2e-3)
      }
    }
  })
})

describe('a step of the two towers', () => {
  it('has the loss of the textbook: mean cross entropy over rows and over columns', () => {
    const worker = makeWorker(4)
    const loss = lossOf(worker)
    const { query, document } = worker.state.towers
    const cosine = (i: number, j: number): number => {
      let sum = 0
      for (let d = 0; d < SHAPE.dimension; d++) {
        sum += (query.output[i * SHAPE.dimension + d] ?? 0) * (document.output[j * SHAPE.dimension + d] ?? 0)
      }
      return OPTIONS.sharpness * sum
    }
    const rows = [0, 1, 2, 3, 4]
    const expected = rows.map(i => {
      const byRow = logSum(rows.map(j => cosine(i, j)))
      const byColumn = logSum(rows.map(j => cosine(j, i)))
      return (byRow + byColumn) / 2 - cosine(i, i)
    })
    expect(loss).toBeCloseTo(expected.reduce((sum, value) => sum + value, 0) / 5, 4)
  })

  it('lowers the loss of the same batch when repeated', () => {
    const worker = makeWorker(5)
    const before = lossOf(worker)
    for (let step = 1; step <= 60; step++) runStep(worker, { ...OPTIONS, step })
    expect(lossOf(worker)).toBeLessThan(before / 2)
  })

  it('leaves rows alone that no text of the batch touches', () => {
    const worker = makeWorker(6)
    const { state } = worker
    for (const side of ['query', 'document'] as const) state.towers[side].ids.fill(3)
    const before = state.table.values.slice()
    runStep(worker, OPTIONS)
    for (let id = 0; id < SHAPE.vocabulary; id++) {
      const rows = [before, state.table.values].map(table => table.slice(id * 6, id * 6 + 6))
      if (id === 3) expect(rows[0]).not.toEqual(rows[1])
      else expect(rows[0]).toEqual(rows[1])
    }
  })

  it('stays finite when a text has no piece', () => {
    const worker = makeWorker(7)
    const { offsets } = worker.state.towers.query
    offsets[1] = 0
    runStep(worker, OPTIONS)
    expect(worker.state.table.values.every(Number.isFinite)).toBe(true)
    expect(Number.isFinite(worker.state.losses[0])).toBe(true)
  })
})
