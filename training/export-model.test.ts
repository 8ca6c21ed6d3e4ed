import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { repeatFactor } from '../src/core/model/batching.ts'
import { createTokenizer } from '../src/core/model/word-piece.ts'
import { createArena } from '../src/core/training/arena.ts'
import { ALONE } from '../src/core/training/barrier.ts'
import { plainKernels } from '../src/core/training/plain-kernels.ts'
import { createRandom } from '../src/core/training/random.ts'
import { embed } from '../src/core/training/step.ts'
import { createStepWorker, trainingBytes } from '../src/core/training/step-worker.ts'
import { placeList } from '../src/core/training/texts.ts'
import { createTokenStore } from '../src/core/training/token-store.ts'
import { PLAIN_PLAN } from '../src/core/training/training-shape.ts'
import type { HeadPlan } from '../src/core/training/training-shape.ts'
import { dotProduct } from '../src/core/vector.ts'
import { loadCheckpoint, placeCheckpoint, saveCheckpoint } from './checkpoint.ts'
import { exportModel } from './export-model.ts'
import { initialise } from './initialise.ts'
import { tokenizerFile } from './prepare.ts'
import { openModel } from './read-model.ts'

const TEXTS = ['ships sail', 'bread bread oven', 'oven sail ships']
const TOKENIZER = tokenizerFile(['[PAD]', '[UNK]', 'ships', 'sail', 'bread', 'oven'])

let folder: string
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'export-'))
})
afterAll(() => rm(folder, { recursive: true }))

function makeWorker(head: HeadPlan) {
  const sizes = { vocabulary: 6, dimension: 16, batch: 4, maxTokens: { query: 8, document: 8 }, threads: 1 }
  const shape = { ...PLAIN_PLAN, ...sizes, head }
  const thread = { kernels: plainKernels, share: { index: 0, count: 1 }, barrier: ALONE }
  return createStepWorker(createArena(new ArrayBuffer(trainingBytes(shape))), shape, thread)
}

/** The query tower's rows in training. */
function embedTexts(worker: ReturnType<typeof makeWorker>): Float32Array {
  const store = createTokenStore()
  const tokenizer = createTokenizer(TOKENIZER)
  const options = { ordered: false, factorOf: repeatFactor, dropout: 0, random: createRandom(1) }
  for (const [row, text] of TEXTS.entries()) {
    const list = store.add(tokenizer.encode(text, 8))
    placeList(worker.state.towers.query, row, { store, list, limit: 8 }, options)
  }
  embed(worker, 'query', { first: 0, last: TEXTS.length })
  return worker.state.towers.query.output.slice(0, TEXTS.length * 16)
}

describe.each([{ kind: 'linear' }, { kind: 'relu', dropout: 0.5 }] as const)(
  'a model with a head $kind',
  head => {
    it('says in the app what it said in training', async () => {
      const worker = makeWorker(head)
      initialise(worker, new Float64Array(6), 1e-3, createRandom(3))
      await saveCheckpoint(folder, worker, TOKENIZER)
      await exportModel(folder, join(folder, 'model'), 8)
      const encoder = await openModel(join(folder, 'model'), 1)
      const rows = await encoder.encode(TEXTS, 'query')
      await encoder.close()
      const expected = embedTexts(worker)
      for (let i = 0; i < TEXTS.length; i++) {
        const [got, wanted] = [rows, expected].map(all => all.subarray(i * 16, (i + 1) * 16))
        // The table is rounded to eight bits.
        expect(dotProduct(got ?? rows, wanted ?? rows)).toBeGreaterThan(0.999)
      }
    })

    it('comes back into training from its checkpoint', async () => {
      const [worker, other] = [makeWorker(head), makeWorker(head)]
      initialise(worker, new Float64Array(6), 1e-3, createRandom(3))
      await saveCheckpoint(folder, worker, TOKENIZER)
      const checkpoint = await loadCheckpoint(folder)
      placeCheckpoint(checkpoint, other, TOKENIZER)
      expect(embedTexts(other)).toEqual(embedTexts(worker))
      const stranger = tokenizerFile(['[PAD]', '[UNK]', 'a', 'b', 'c', 'd'])
      expect(() => placeCheckpoint(checkpoint, other, stranger)).toThrow('another')
    })
  },
)
