/** When a run looks for wrong answers that look right, and with what. */
import type { Tokenizer } from '../src/core/model/word-piece.ts'
import type { Groups } from '../src/core/training/groups.ts'
import { loadCheckpoint, placeCheckpoint } from './checkpoint.ts'
import {
  joinNegatives,
  markedNegatives,
  negativesByMeaning,
  negativesByWords,
  searchedSources,
  withNegatives,
} from './hard-negatives.ts'
import type { SearchedSource } from './hard-negatives.ts'
import type { Prepared } from './prepare.ts'
import type { TrainingData } from './read-training-data.ts'
import type { SavedRun } from './run-checkpoint.ts'
import type { Say } from './say.ts'
import type { RunOptions } from './train-options.ts'
import type { TrainingRun } from './training-run.ts'

export interface Mining {
  /** To be called behind every step: looks with the model when the time has come, once. */
  mineWhenDue(): void
}

export interface MiningSetting {
  readonly run: TrainingRun
  readonly prepared: Prepared
  readonly data: TrainingData
  readonly tokenizer: Tokenizer
  readonly options: RunOptions
  readonly say: Say
}

/** Part of the steps behind which the model looks, unless said. */
const FIRST_PART = 1 / 3

/**
 * Gives the run's sources what is known from the start, or what the saved run had. Before the towers get their first numbers:
 * with a finished model it fills and uses them.
 */
export async function startMining(
  setting: MiningSetting,
  saved: SavedRun | undefined,
): Promise<Mining | undefined> {
  const { run, options, prepared, tokenizer, say } = setting
  const plan = options.mining
  if (plan === undefined) return undefined
  const searched = searchedSources(prepared, tokenizer, run.random)
  const use = (negatives: readonly Groups[]): void => {
    run.sources = withNegatives(run.sources, searched, negatives)
  }
  use(saved?.negatives ?? (await firstNegatives(setting, searched)))
  return {
    mineWhenDue() {
      const { progress, trainer, text } = run
      if (plan.meaning !== 'behind a step' || progress.mined) return
      if (progress.step < (plan.at ?? Math.ceil(progress.steps * FIRST_PART))) return
      const before = searched.map(({ pool }, i) => run.sources[i]?.mined?.byQuery ?? pool.marked)
      use(joinNegatives(before, negativesByMeaning(trainer, searched, text, say)))
      progress.mined = true
    },
  }
}

async function firstNegatives(
  { run, data, options: { mining }, say }: MiningSetting,
  searched: readonly SearchedSource[],
): Promise<Groups[]> {
  let negatives = markedNegatives(searched)
  if (mining?.words === true) negatives = joinNegatives(negatives, await negativesByWords(searched, say))
  if (mining?.from === undefined) return negatives
  placeCheckpoint(await loadCheckpoint(mining.from), run.trainer.worker, data.tokenizerJson)
  return joinNegatives(negatives, negativesByMeaning(run.trainer, searched, run.text, say))
}
