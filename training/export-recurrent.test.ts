import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { createTokenizer } from '../src/core/model/word-piece.ts'
import { createArena } from '../src/core/training/arena.ts'
import { ALONE } from '../src/core/training/barrier.ts'
import { plainKernels } from '../src/core/training/plain-kernels.ts'
import { createRandom } from '../src/core/training/random.ts'
import { embed } from '../src/core/training/step.ts'
import { createStepWorker, trainingBytes } from '../src/core/training/step-worker.ts'
import type { StepWorker } from '../src/core/training/step-worker.ts'
import { PLAIN_PLAN } from '../src/core/training/training-shape.ts'
import type { HeadPlan } from '../src/core/training/training-shape.ts'
import { loadCheckpoint, placeCheckpoint, saveCheckpoint } from './checkpoint.ts'
import { exportModel } from './export-model.ts'
import { initialise } from './initialise.ts'
import { openModel } from './read-model.ts'
import { roundHead, roundRows } from './round-rows.ts'
import { RECURRENT } from './recipe.ts'

const INPUTS = 8
const SHAPE = {
  ...PLAIN_PLAN,
  body: { kind: 'gru', inputs: INPUTS },
  vocabulary: 16,
  dimension: 12,
  batch: 4,
  maxTokens: RECURRENT.maxTokens,
  threads: 1,
} as const

const TEXTS = ['How to keep a loaf fresh', 'stale loafs', 'bread', 'the paper bag in the oven in the bag']

/** A worker whose table and heads hold what int8 can hold. */
function makeWorker(head: HeadPlan): StepWorker {
  const shape = { ...SHAPE, head }
  const arena = createArena(new ArrayBuffer(trainingBytes(shape)))
  const thread = { kernels: plainKernels, share: { index: 0, count: 1 }, barrier: ALONE }
  const worker = createStepWorker(arena, shape, thread)
  const random = createRandom(1)
  initialise(worker, new Float64Array(SHAPE.vocabulary), 1e-3, random)
  const { table, towers } = worker.state
  roundRows(table.values, INPUTS)
  for (const tower of Object.values(towers)) {
    tower.head.values.forEach((_, i) => (tower.head.values[i] = random.normal()))
    roundHead(tower.head.values, head.kind, SHAPE.dimension)
  }
  return worker
}

const HEADS: readonly HeadPlan[] = [{ kind: 'linear' }, { kind: 'relu', dropout: 0.5 }]

/** Starting the runtime takes seconds on a busy machine. */
const PATIENT = { timeout: 60_000 }

describe.each(HEADS)('a recurrent tower with a head $kind', PATIENT, head => {
  it('gives in the app the vectors that it gave in training', async () => {
    const tokenizerJson: unknown = JSON.parse(
      await readFile(new URL('./fixtures/rnn/tokenizer.json', import.meta.url), 'utf8'),
    )
    const tokenizer = createTokenizer(tokenizerJson)
    const worker = makeWorker(head)
    const folder = await mkdtemp(join(tmpdir(), 'belfry-recurrent-'))
    await saveCheckpoint(folder, worker, tokenizerJson)
    const again = makeWorker(head)
    again.body.initialise(createRandom(8))
    placeCheckpoint(await loadCheckpoint(folder), again, tokenizerJson)
    expect(again.body.parameters).toEqual(worker.body.parameters)
    await exportModel(folder, join(folder, 'model'))
    const encoder = await openModel(join(folder, 'model'), 1)
    for (const side of ['query', 'document'] as const) {
      const tower = worker.state.towers[side]
      TEXTS.forEach((text, row) => {
        const ids = tokenizer.encode(text, SHAPE.maxTokens[side])
        tower.ids.set(ids, tower.offsets[row])
        tower.offsets[row + 1] = (tower.offsets[row] ?? 0) + ids.length
      })
      tower.factors.fill(1)
      embed(worker, side, { first: 0, last: 4 })
      const got = await encoder.encode(TEXTS, side)
      expect(got.length).toBe(4 * SHAPE.dimension)
      got.forEach((value, i) => expect(Math.abs(value - (tower.output[i] ?? Number.NaN))).toBeLessThan(1e-4))
    }
    // Nothing to read: a vector of length 1 all the same.
    expect(Math.hypot(...(await encoder.encode(['…', ''], 'query')))).toBeCloseTo(Math.SQRT2, 6)
    await encoder.close()
    await rm(folder, { recursive: true })
  })
})
