/** Runs the steps of a run, and between them what is due now and then. */
import { measure } from './measure-held-out.ts'
import type { RunLog } from './run-log.ts'
import { saveRun } from './run-checkpoint.ts'
import type { Say } from './say.ts'
import type { StartedRun } from './start-run.ts'
import { trainStep } from './training-run.ts'
import type { RunProgress } from './training-run.ts'

export interface Occasions {
  /** Steps between two; 0 for never. */
  readonly checkpointEvery: number
  readonly measureEvery: number
  /** As many steps as take so long, in place of the run's. */
  readonly minutes: number | undefined
}

export interface Surroundings {
  readonly folder: string
  /** Kept with a checkpoint: what a run must have again to go on. */
  readonly flags: Readonly<Record<string, string>>
  readonly log: RunLog
  readonly say: Say
  /** Ends the run behind its step. */
  readonly signal: AbortSignal
}

/** The first steps are slower than the others; from then on it is known how many fit into the minutes. */
const TIMED_STEPS = 50

export async function trainSteps(
  { run, measured, mining }: StartedRun,
  { checkpointEvery, measureEvery, minutes }: Occasions,
  { folder, flags, log, say, signal }: Surroundings,
): Promise<void> {
  const { progress, trainer } = run
  while (progress.step < progress.steps && !signal.aborted) {
    const record = trainStep(run)
    if (record === undefined) continue
    const { step } = record
    if (step === TIMED_STEPS && minutes !== undefined) progress.steps = stepsWithin(minutes, progress)
    const isLast = step === progress.steps
    const measuring = measureEvery > 0 && measured.length > 0 && (isDue(step, measureEvery) || isLast)
    const ndcg10 = measuring ? measure(trainer, measured) : undefined
    await log.add(ndcg10 === undefined ? record : { ...record, ndcg10 })
    if (step % 100 === 0 || step === 20) say(sentenceOf(progress))
    if (ndcg10 !== undefined) say(`step ${step}  NDCG@10 ${ndcg10.toFixed(3)} on the held-out sources`)
    mining?.mineWhenDue()
    if (isDue(step, checkpointEvery)) await saveRun(folder, run, flags)
  }
}

function isDue(step: number, every: number): boolean {
  return every > 0 && step % every === 0
}

function stepsWithin(minutes: number, { step, seconds }: RunProgress): number {
  return Math.max(step, Math.floor((step * 60 * minutes) / seconds))
}

function sentenceOf({ step, steps, seen, seconds, meanLoss }: RunProgress): string {
  const left = Math.round((seconds / step) * (steps - step))
  return `step ${step}/${steps}  loss ${meanLoss.toFixed(3)}  ${Math.round(seen / seconds)} pairs/s  ${left} s left`
}
