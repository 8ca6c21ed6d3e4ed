/** Sets up a run: everything in its place, at the first step or where a saved run was left. */
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { createTokenizer } from '../src/core/model/word-piece.ts'
import type { Tokenizer } from '../src/core/model/word-piece.ts'
import { tableWidth } from '../src/core/training/training-shape.ts'
import type { Random } from '../src/core/training/random.ts'
import { loadPieceVectors, savePieceVectors } from './checkpoint.ts'
import { heldOutSet } from './held-out-sets.ts'
import { initialise, startFromVectors } from './initialise.ts'
import { measuredSet } from './measure-held-out.ts'
import type { MeasuredSet } from './measure-held-out.ts'
import { startMining } from './mining.ts'
import type { Mining } from './mining.ts'
import { startTrainer } from './parallel-trainer.ts'
import { prepareSources } from './prepare.ts'
import { pretrain } from './pretrain.ts'
import type { PieceVectors } from './pretrain.ts'
import type { TrainingData } from './read-training-data.ts'
import { RECIPE } from './recipe.ts'
import { restoreRun } from './run-checkpoint.ts'
import type { SavedRun } from './run-checkpoint.ts'
import type { Say } from './say.ts'
import type { RunOptions } from './train-options.ts'
import type { TrainingRun } from './training-run.ts'

/** Queries of each held-out source that are measured in between. */
const MEASURED_QUERIES = 60

export interface RunSetting {
  readonly data: TrainingData
  readonly options: RunOptions
  /** Folder for what the run leaves. */
  readonly work: string
  readonly random: Random
  readonly say: Say
}

export interface StartedRun {
  readonly run: TrainingRun
  readonly measured: readonly MeasuredSet[]
  readonly mining: Mining | undefined
}

export async function startRun(setting: RunSetting, saved: SavedRun | undefined): Promise<StartedRun> {
  const { data, options, work, random, say } = setting
  const tokenizer = createTokenizer(data.tokenizerJson)
  say(`${tokenizer.vocabularySize} pieces`)
  const prepared = prepareSources(tokenizer, data.pairs, data.texts, random)
  say(`${prepared.pieceCounts.reduce((sum, n) => sum + n, 0)} pieces of text on the documents’ side`)
  const vectors = saved === undefined ? await pieceVectors(setting, tokenizer) : undefined
  if (vectors !== undefined) await savePieceVectors(work, vectors, data.tokenizerJson)
  await writeFile(join(work, 'tokenizer.json'), JSON.stringify(data.tokenizerJson))
  const { dimension, maxTokens } = options.architecture
  const sizes = { vocabulary: tokenizer.vocabularySize, dimension, maxTokens }
  const { batch, threads } = options
  const trainer = await startTrainer({ ...options.plan, ...sizes, batch, threads })
  const { ordered } = trainer.worker.body
  const text = { ordered, factorOf: RECIPE.factorOf, dropout: options.dropout, random }
  const tunedOrNot =
    options.start === undefined && options.epochs === 0
      ? options.architecture.tableRate
      : RECIPE.tunedTableRate
  const run: TrainingRun = {
    trainer,
    sources: prepared.sources,
    random,
    text,
    plan: {
      sharpness: RECIPE.sharpness,
      tableRate: options.rate ?? tunedOrNot,
      denseRate: RECIPE.denseRate,
      warmUpSteps: RECIPE.warmUpSteps,
    },
    progress: { step: 0, steps: options.steps, seen: 0, seconds: 0, meanLoss: 0, mined: false },
  }
  const mining = await startMining({ ...setting, run, prepared, tokenizer }, saved)
  if (saved === undefined) {
    initialise(trainer.worker, prepared.pieceCounts, RECIPE.sif, random)
    if (vectors !== undefined)
      startFromVectors(trainer.worker.state.table.values, vectors, tableWidth(trainer.worker.state.shape))
  } else restoreRun(run, saved)
  const measured = data.heldOut.map(source =>
    measuredSet(heldOutSet(source, MEASURED_QUERIES), tokenizer, maxTokens, text),
  )
  return { run, measured, mining }
}

async function pieceVectors(
  { data, options, random, say }: RunSetting,
  tokenizer: Tokenizer,
): Promise<PieceVectors | undefined> {
  const { start, epochs, threads } = options
  if (start !== undefined) return loadPieceVectors(start)
  if (epochs === 0) return undefined
  const ofPairs = data.pairs.flatMap(({ items }) =>
    items.map(({ query, positive }) => `${query}. ${positive}`),
  )
  const all = [...data.rawTexts.flatMap(({ items }) => items), ...ofPairs]
  // With a stream of its own, so that the second stage is the same with --start.
  return pretrain(tokenizer, all, { threads, epochs, random: random.copy(), say })
}
