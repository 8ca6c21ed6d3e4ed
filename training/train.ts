/**
 * `npm run train`: learns the tokenizer and the two towers from `--data` and writes the model.
 *
 *   --data DIR      folder with train/ and text/ (../shared/data)
 *   --body B        bag, the weighted sum of a text's piece vectors, or gru, the last state of gated recurrent units that
 *                   read them in their order, with defaults of their own for what follows (bag)
 *   --hidden N      numbers of a recurrent state, and of its embedding (128)
 *   --work DIR      checkpoint, run log and a plot of the loss (run/two-tower; run/recurrent)
 *   --out DIR       the exported model (public/models/belfry-two-tower; run/recurrent/model); `none` leaves the export out
 *   --seed N        (1)
 *   --steps N       batches (2300; 2000)
 *   --batch N       pairs in a batch, those of a smaller source excepted (2048; 256)
 *   --dropout P     share of the pieces left out of a text (0)
 *   --tokenizer F   a tokenizer.json to use in place of a new one
 *   --epochs N      rounds of a first stage through all raw text, such as 4 (0: none)
 *   --start DIR     takes tokenizer and piece vectors of another run's folder, in place of the first stage
 *   --rate R        of the table (see recipe.ts)
 *   --minutes N     stop the decay earlier: the steps that fit, judged by the first fifty
 *   --threads N     (as many as there are cores, four at most)
 */
import { appendFile, mkdir, readFile, writeFile } from 'node:fs/promises'
import { availableParallelism } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { createTokenizer } from '../src/core/model/word-piece.ts'
import { chooseSource, fillBatch } from '../src/core/training/batches.ts'
import { createRandom } from '../src/core/training/random.ts'
import { plotRun } from '../src/core/training/run-plot.ts'
import type { RunPoint } from '../src/core/training/run-plot.ts'
import { architectureOf } from './architecture.ts'
import { loadPieceVectors, saveCheckpoint, savePieceVectors } from './checkpoint.ts'
import { exportModel } from './export-model.ts'
import { initialise, startFromVectors } from './initialise.ts'
import { startTrainer } from './parallel-trainer.ts'
import type { ParallelTrainer } from './parallel-trainer.ts'
import { chooseParagraphs, learnTokenizer, prepareSources } from './prepare.ts'
import type { Prepared } from './prepare.ts'
import { pretrain } from './pretrain.ts'
import type { PieceVectors } from './pretrain.ts'
import { readPairs, readParagraphs } from './read-sources.ts'
import { PLAIN_PLAN } from '../src/core/training/training-shape.ts'
import { HELD_OUT, PRETRAINING, RECIPE, SKIPPED_TEXTS, TEXT_CAP } from './recipe.ts'

const { values: flags } = parseArgs({
  options: {
    data: { type: 'string', default: '../shared/data' },
    body: { type: 'string', default: 'bag' },
    hidden: { type: 'string' },
    work: { type: 'string' },
    out: { type: 'string' },
    seed: { type: 'string', default: String(RECIPE.seed) },
    steps: { type: 'string' },
    minutes: { type: 'string' },
    threads: { type: 'string', default: String(Math.min(4, availableParallelism())) },
    batch: { type: 'string' },
    tokenizer: { type: 'string' },
    epochs: { type: 'string', default: String(PRETRAINING.epochs) },
    start: { type: 'string' },
    rate: { type: 'string' },
    dropout: { type: 'string', default: String(RECIPE.dropout) },
  },
})

const architecture = architectureOf(flags.body, flags.hidden)
const { work = architecture.work, out = architecture.out } = flags

const started = performance.now()
const interruption = new AbortController()
process.once('SIGINT', () => {
  interruption.abort()
  say('stopping after this step; once more to stop at once')
})

const random = createRandom(wholeNumber('seed', flags.seed))
const pairs = (await readPairs(join(flags.data, 'train'))).filter(({ name }) => !HELD_OUT.includes(name))
const rawTexts = await readParagraphs(join(flags.data, 'text'))
const texts = chooseParagraphs(
  rawTexts.filter(({ name }) => !SKIPPED_TEXTS.includes(name)),
  TEXT_CAP,
  random,
)
say(`${count(pairs)} pairs of ${pairs.length} sources, ${count(texts)} paragraphs of ${texts.length} texts`)
const tokenizerPath = flags.start === undefined ? flags.tokenizer : join(flags.start, 'tokenizer.json')
const tokenizerJson: unknown =
  tokenizerPath === undefined
    ? learnTokenizer(pairs, texts, RECIPE.vocabulary)
    : JSON.parse(await readFile(tokenizerPath, 'utf8'))
const tokenizer = createTokenizer(tokenizerJson)
say(`${tokenizer.vocabularySize} pieces`)
const prepared = prepareSources(tokenizer, pairs, texts, random)
say(`${prepared.pieceCounts.reduce((sum, n) => sum + n, 0)} pieces of text on the documents’ side`)

const threads = wholeNumber('threads', flags.threads)
await mkdir(work, { recursive: true })
const vectors = await pieceVectors()
if (vectors !== undefined) await savePieceVectors(work, vectors, tokenizerJson)

const trainer = await startTrainer({
  ...PLAIN_PLAN,
  vocabulary: tokenizer.vocabularySize,
  body: architecture.body,
  dimension: architecture.dimension,
  batch: wholeNumber('batch', flags.batch ?? String(architecture.batch)),
  maxTokens: architecture.maxTokens,
  threads,
})
initialise(trainer.worker, prepared.pieceCounts, RECIPE.sif, random)
if (vectors !== undefined) startFromVectors(trainer.worker.state.table.values, vectors, RECIPE.dimension)
const tableRate = Number(flags.rate ?? (vectors === undefined ? RECIPE.tableRate : RECIPE.tunedTableRate))
await train(trainer, prepared)
await saveCheckpoint(work, trainer.worker, tokenizerJson)
await trainer.close()
if (out !== 'none') await exportModel(work, out)
say('done')

async function pieceVectors(): Promise<PieceVectors | undefined> {
  if (flags.start !== undefined) return loadPieceVectors(flags.start)
  const epochs = Number(flags.epochs)
  if (epochs === 0) return undefined
  const ofPairs = pairs.flatMap(({ items }) => items.map(({ query, positive }) => `${query}. ${positive}`))
  const all = [...rawTexts.flatMap(({ items }) => items), ...ofPairs]
  // With a stream of its own, so that the second stage is the same with --start.
  return pretrain(tokenizer, all, { threads, epochs, random: random.copy(), say })
}

async function train(
  { worker: { state, body }, step: runStep }: ParallelTrainer,
  { sources }: Prepared,
): Promise<void> {
  const log = join(work, 'run.jsonl')
  await writeFile(log, '')
  const multiple = 4 * state.shape.threads
  let steps = wholeNumber('steps', flags.steps ?? String(architecture.steps))
  const bags = { ordered: body.ordered, factorOf: RECIPE.factorOf, dropout: Number(flags.dropout), random }
  const points: RunPoint[] = []
  let meanLoss = 0
  let seen = 0
  const start = performance.now()
  for (let step = 1; step <= steps && !interruption.signal.aborted; step++) {
    const source = chooseSource(sources, random)
    const count = fillBatch(source, state, multiple, bags)
    if (count === 0) continue
    const decay = Math.min(1, step / RECIPE.warmUpSteps) * Math.max(0.01, 1 - step / steps)
    const loss = runStep({
      pairs: count,
      negatives: 0,
      step,
      sharpness: RECIPE.sharpness,
      tableRate: tableRate * decay,
      denseRate: RECIPE.denseRate * decay,
    })
    seen += count
    meanLoss = meanLoss === 0 ? loss : 0.98 * meanLoss + 0.02 * loss
    const seconds = (performance.now() - start) / 1000
    if (step === 50 && flags.minutes !== undefined) {
      steps = Math.floor((50 * 60 * Number(flags.minutes)) / seconds)
    }
    points.push({ step, loss })
    await appendFile(log, `${JSON.stringify({ step, source: source.name, pairs: count, loss, seconds })}\n`)
    if (step % 100 === 0 || step === 20) {
      const left = Math.round((seconds / step) * (steps - step))
      const rate = Math.round(seen / seconds)
      say(`step ${step}/${steps}  loss ${meanLoss.toFixed(3)}  ${rate} pairs/s  ${left} s left`)
    }
  }
  if (points.length === 0) return
  await writeFile(join(work, 'loss.svg'), plotRun(points, `Loss, seed ${flags.seed}`))
}

function count(sources: readonly { items: readonly unknown[] }[]): number {
  return sources.reduce((sum, { items }) => sum + items.length, 0)
}

function wholeNumber(name: string, value: string): number {
  const number = Number(value)
  if (Number.isInteger(number) && number > 0) return number
  throw new Error(`expected a whole number above 0 for --${name}, got ${value}`)
}

function say(sentence: string): void {
  console.log(`[${Math.round((performance.now() - started) / 1000)} s] ${sentence}`)
}
