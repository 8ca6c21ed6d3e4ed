/** A run of training steps, and where it stands: everything that the next step depends on is here. */
import { chooseSource } from '../src/core/training/batch-sources.ts'
import type { BatchSource } from '../src/core/training/batch-sources.ts'
import { fillBatch } from '../src/core/training/batches.ts'
import type { Random } from '../src/core/training/random.ts'
import type { TextOptions } from '../src/core/training/texts.ts'
import type { ParallelTrainer } from './parallel-trainer.ts'

export interface TrainingRun {
  readonly trainer: ParallelTrainer
  /** Where batches come from; replaced when documents have been mined. */
  sources: readonly BatchSource[]
  readonly random: Random
  readonly text: TextOptions
  readonly plan: StepPlan
  readonly progress: RunProgress
}

export interface StepPlan {
  readonly sharpness: number
  readonly tableRate: number
  readonly denseRate: number
  readonly warmUpSteps: number
}

export interface RunProgress {
  /** Steps done, and those that there will be. */
  step: number
  steps: number
  /** Pairs seen. */
  seen: number
  /** Of training, without preparing, mining and measuring. */
  seconds: number
  /** Smoothed. */
  meanLoss: number
  /** Whether the model has looked for wrong answers. */
  mined: boolean
}

export interface StepRecord {
  readonly step: number
  readonly source: string
  readonly pairs: number
  readonly loss: number
  readonly seconds: number
  /** Pairs a second, of this step. */
  readonly rate: number
}

/** Does the next step; undefined when its source had too few pairs for a batch. */
export function trainStep({
  trainer,
  sources,
  random,
  text,
  plan,
  progress,
}: TrainingRun): StepRecord | undefined {
  const start = performance.now()
  const { state } = trainer.worker
  const step = ++progress.step
  const source = chooseSource(sources, random)
  const { pairs, negatives } = fillBatch(source, state, 4 * state.shape.threads, text)
  if (pairs === 0) return undefined
  const decay = Math.min(1, step / plan.warmUpSteps) * Math.max(0.01, 1 - step / progress.steps)
  const rates = { tableRate: plan.tableRate * decay, denseRate: plan.denseRate * decay }
  const loss = trainer.step({ pairs, negatives, step, sharpness: plan.sharpness, ...rates })
  const seconds = (performance.now() - start) / 1000
  progress.seen += pairs
  progress.seconds += seconds
  progress.meanLoss = progress.meanLoss === 0 ? loss : 0.98 * progress.meanLoss + 0.02 * loss
  const rate = Math.round(pairs / seconds)
  return { step, source: source.name, pairs, loss, seconds: progress.seconds, rate }
}
