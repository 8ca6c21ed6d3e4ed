import { describe, expect, it } from 'vitest'
import { createRandom } from '../src/core/training/random.ts'
import { PLAIN_PLAN } from '../src/core/training/training-shape.ts'
import type { TrainingPlan } from '../src/core/training/training-shape.ts'
import { initialise } from './initialise.ts'
import { startTrainer } from './parallel-trainer.ts'

const SHAPE = { vocabulary: 40, dimension: 16, batch: 32, maxTokens: { query: 8, document: 8 } }

const PLANS: readonly (readonly [name: string, plan: TrainingPlan])[] = [
  ['plain', PLAIN_PLAN],
  ['with a recurrent body', { ...PLAIN_PLAN, body: { kind: 'gru', inputs: 12 }, negatives: 1 }],
  [
    'with everything',
    {
      ...PLAIN_PLAN,
      head: { kind: 'relu', dropout: 0.1 },
      loss: { kind: 'triplet', margin: 0.5 },
      negatives: 1,
      prefixes: [4, 8],
    },
  ],
]

/** The losses of some steps on one batch, and the table afterwards. */
async function trainWith(
  threads: number,
  plan: TrainingPlan,
): Promise<{ losses: number[]; table: Float32Array }> {
  const { worker, step, close } = await startTrainer({ ...SHAPE, ...plan, threads })
  initialise(worker, new Float64Array(SHAPE.vocabulary), 1e-3, createRandom(1))
  const { state } = worker
  const random = createRandom(2)
  for (const tower of Object.values(state.towers)) {
    for (let row = 0; row < tower.offsets.length - 1; row++) {
      for (let t = 0; t < 5; t++)
        tower.ids[row * 5 + t] = t === 0 ? row % SHAPE.vocabulary : random.below(SHAPE.vocabulary)
      tower.offsets[row + 1] = 5 * (row + 1)
    }
    tower.factors.fill(1)
  }
  const options = {
    pairs: SHAPE.batch,
    negatives: plan.negatives * SHAPE.batch,
    sharpness: 20,
    tableRate: 0.01,
    denseRate: 0.001,
  }
  const losses = [1, 2, 3, 4, 5, 6].map(number => step({ ...options, step: number }))
  const table = Float32Array.from(state.table.values)
  await close()
  return { losses, table }
}

describe.each(PLANS)('the trainer on two threads, %s,', (_, plan) => {
  it('learns what it learns on one', async () => {
    const [one, two] = [await trainWith(1, plan), await trainWith(2, plan)]
    expect(one.losses.at(-1)).toBeLessThan((one.losses[0] ?? 0) * 0.8)
    two.losses.forEach((loss, i) => expect(loss).toBeCloseTo(one.losses[i] ?? 0, 3))
    two.table.forEach((value, i) => expect(Math.abs(value - (one.table[i] ?? 0))).toBeLessThan(1e-3))
  })

  it('gives the same numbers again', async () => {
    expect(await trainWith(2, plan)).toEqual(await trainWith(2, plan))
  })
})
