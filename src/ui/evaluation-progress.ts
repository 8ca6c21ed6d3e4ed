import type { EvaluationProgress } from '../core/events.ts'

/** Where each step begins and ends in the whole, in percent: most of the time goes into encoding. */
const SHARE: Readonly<Record<EvaluationProgress['step'], readonly [from: number, to: number]>> = {
  reading: [0, 10],
  encoding: [10, 80],
  indexing: [80, 90],
  searching: [90, 100],
}

/** Percent of the whole evaluation, a whole number. */
export function evaluationPart({ step, done, total }: EvaluationProgress): number {
  const [from, to] = SHARE[step]
  return Math.floor(from + (to - from) * (total > 0 ? Math.min(1, done / total) : 0))
}

/** What is being done; changes with the step alone, so that it can be read aloud. */
export function stepWords({ step, set }: EvaluationProgress): string {
  const words = {
    reading: `Reading ${set}`,
    encoding: `Turning ${set} into vectors`,
    indexing: `Indexing ${set}`,
    searching: `Searching ${set}`,
  }
  return words[step]
}
