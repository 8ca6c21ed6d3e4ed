import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createTokenizer } from '../src/core/model/word-piece.ts'
import { createRandom } from '../src/core/training/random.ts'
import { SIDES } from '../src/core/training/tower-state.ts'
import type { TrainingPlan } from '../src/core/training/training-shape.ts'
import { PLAIN_PLAN } from '../src/core/training/training-shape.ts'
import { architectureOf } from './architecture.ts'
import type { Architecture } from './architecture.ts'
import { tokenizerFile } from './prepare.ts'
import { readRun, saveRun } from './run-checkpoint.ts'
import type { SavedRun } from './run-checkpoint.ts'
import { openRunLog } from './run-log.ts'
import { startRun } from './start-run.ts'
import type { MiningPlan } from './train-options.ts'
import { trainSteps } from './train-steps.ts'

const WORDS = Array.from({ length: 60 }, (_, i) => `word${i}`)
const say = (): void => undefined

let folder: string
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'resume-'))
})
afterAll(() => rm(folder, { recursive: true }))

/** Pairs that share a word, and paragraphs for inverse cloze. */
function makeData() {
  const random = createRandom(5)
  const word = (): string => WORDS[random.below(WORDS.length)] ?? ''
  const some = (count: number): string => Array.from({ length: count }, word).join(' ')
  const items = Array.from({ length: 120 }, (_, i) => {
    const shared = WORDS[i % WORDS.length] ?? ''
    return { query: `${shared} ${some(2)}`, positive: `${shared} ${some(6)}`, negative: some(5) }
  })
  const texts = Array.from({ length: 40 }, () => `A ${some(6)}. B ${some(7)}. C ${some(8)}.`)
  const pieces = ['[PAD]', '[UNK]', 'a', 'b', 'c', '.', ...WORDS]
  return {
    pairs: [{ name: 'pairs', items }],
    heldOut: [{ name: 'held out', items: items.slice(0, 30) }],
    rawTexts: [],
    texts: [{ name: 'texts', items: texts }],
    tokenizerJson: tokenizerFile(pieces),
  }
}

const EVERYTHING: TrainingPlan = {
  ...PLAIN_PLAN,
  head: { kind: 'relu', dropout: 0.1 },
  loss: { kind: 'triplet', margin: 0.3 },
  negatives: 1,
  prefixes: [64],
}
const GRU = architectureOf('gru', '16')
const MINING: MiningPlan = { words: true, meaning: 'behind a step', from: undefined, at: 4 }

const CASES: readonly (readonly [
  name: string,
  until: number,
  how: Pick<Part, 'plan' | 'architecture' | 'mining' | 'threads'>,
])[] = [
  ['plain', 7, { plan: PLAIN_PLAN, mining: undefined, threads: 1 }],
  [
    'with a recurrent body',
    5,
    { plan: { ...PLAIN_PLAN, body: GRU.body }, architecture: GRU, mining: undefined, threads: 2 },
  ],
  ['with everything, before mining', 3, { plan: EVERYTHING, mining: MINING, threads: 1 }],
  ['with everything, behind it', 6, { plan: EVERYTHING, mining: MINING, threads: 2 }],
]

interface Part {
  readonly plan: TrainingPlan
  readonly architecture?: Architecture
  readonly mining: MiningPlan | undefined
  readonly threads: number
  readonly until: number
  readonly saved?: SavedRun
}

/** Runs on to step `until` of 9 and leaves a checkpoint; what has been learned by then. */
async function trainUntil({
  plan,
  architecture = architectureOf('bag', ''),
  mining,
  threads,
  until,
  saved,
}: Part): Promise<number[]> {
  const options = {
    seed: 1,
    steps: 9,
    minutes: undefined,
    threads,
    batch: 32,
    tokenizer: undefined,
    epochs: 0,
    start: undefined,
    rate: undefined,
    dropout: 0.2,
    architecture,
    plan,
    mining,
  }
  const random = createRandom(1)
  const started = await startRun({ data: makeData(), options, work: folder, random, say }, saved)
  const log = await openRunLog(folder, folder, started.run.progress.step)
  const stop = new AbortController()
  const occasions = { checkpointEvery: 0, measureEvery: 5, minutes: undefined }
  const stopping = { ...log, add: stopAt(until, stop, log.add) }
  await trainSteps(started, occasions, { folder, flags: {}, log: stopping, say, signal: stop.signal })
  await saveRun(folder, started.run, { seed: '1' })
  const { table, towers } = started.run.trainer.worker.state
  const learned = [
    ...table.values,
    ...SIDES.flatMap(side => [...towers[side].weights, ...towers[side].head.values]),
  ]
  await started.run.trainer.close()
  return learned
}

function stopAt<T extends { readonly step: number }>(
  until: number,
  stop: AbortController,
  add: (record: T) => Promise<void>,
): (record: T) => Promise<void> {
  return async record => {
    if (record.step === until) stop.abort()
    await add(record)
  }
}

describe('a run that is stopped and resumed', { timeout: 60_000 }, () => {
  it.each(CASES)(
    'ends with the very numbers of one that is not, %s, behind step %i',
    async (_, until, how) => {
      const whole = await trainUntil({ ...how, until: 9 })
      const log = await readFile(join(folder, 'run.jsonl'), 'utf8')
      await trainUntil({ ...how, until })
      // A kill behind the checkpoint leaves steps in the log that will be done again.
      const beyond = `${JSON.stringify({ step: until + 1, loss: 9 })}\n{"step": ${until + 2}, "lo`
      await writeFile(join(folder, 'run.jsonl'), beyond, { flag: 'a' })
      const saved = await readRun(folder)
      expect(saved.progress.step).toBe(until)
      expect(await trainUntil({ ...how, until: 9, saved })).toEqual(whole)
      expect(timeless(await readFile(join(folder, 'run.jsonl'), 'utf8'))).toEqual(timeless(log))
      expect(timeless(log)).toHaveLength(9)
    },
  )
})

function timeless(log: string): unknown[] {
  const lines = log.trim().split('\n')
  return lines.map(line => ({ ...(JSON.parse(line) as object), seconds: 0, rate: 0 }))
}

it('refuses to go on with other sources', async () => {
  const how = { plan: PLAIN_PLAN, mining: undefined, threads: 1 }
  await trainUntil({ ...how, until: 2 })
  const saved = await readRun(folder)
  const renamed = { ...saved, sources: saved.sources.map(source => ({ ...source, name: 'other' })) }
  await expect(trainUntil({ ...how, until: 3, saved: renamed })).rejects.toThrow(
    'expected the source other of the checkpoint, got pairs',
  )
})

it('cuts the words of the tests whole', () => {
  expect(createTokenizer(makeData().tokenizerJson).encode('word7 word59', 9).length).toBe(2)
})
