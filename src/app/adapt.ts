import { failure } from '../core/errors.ts'
import type { LearnedScores } from '../core/learning-state.ts'
import type { Encoder } from '../core/ports/encoder.ts'
import type { HeadVersion, InteractionLog } from '../core/ports/learning.ts'
import type { Library } from '../core/ports/library.ts'
import type { Clock } from '../core/ports/platform.ts'
import { judgeLearned, mean, type Verdict } from '../core/training/acceptance.ts'
import { type Learned, learnAndCrossValidate } from '../core/training/cross-validate.ts'
import { lessonOf, trialOf } from '../core/training/look.ts'
import { quickProducts } from '../core/training/quick-products.ts'
import { CLICK_PLAN } from '../core/training/train-correction.ts'
import type { CancelSignal } from './embed.ts'
import { looksOf } from './looks.ts'
import { embedProbes } from './probes.ts'

export interface AdaptPorts {
  readonly log: InteractionLog
  readonly library: Library
  readonly clock: Clock
  /** The shipped query tower, uncorrected. */
  readonly encoder: Encoder
}

export interface AdaptOptions {
  /** The version to beat; `undefined` for the shipped head. */
  readonly inUse: HeadVersion | undefined
  readonly signal: CancelSignal
  /** Of the share that is done, 0 to 1. */
  readonly progress: (share: number) => void
}

export type Adapted =
  | { readonly accepted: false; readonly sentence: string }
  | { readonly accepted: true; readonly correction: Float32Array; readonly scores: LearnedScores }

/** With fewer, chance and taste cannot be told apart. */
export const LEAST_OPENINGS = 30
export const LEAST_QUERIES = 10

/**
 * A new query head from what was opened, or the reason why there is none.
 * @throws Cancelled between two batches when the signal says so.
 */
export async function learnFromOpenings(ports: AdaptPorts, options: AdaptOptions): Promise<Adapted> {
  const looks = await looksOf(await ports.log.all(), ports.library, ports.encoder)
  // What the version in use was learned from says nothing about how good it is.
  const since = options.inUse?.source === 'openings' ? options.inUse.learnedAt : -Infinity
  const fresh = looks.filter(({ at }) => at > since)
  const reason = reasonToWait(fresh.length, new Set(fresh.map(({ group }) => group)).size, options.inUse)
  if (reason !== undefined) return { accepted: false, sentence: reason }
  const lessons = looks.flatMap(look => lessonOf(look) ?? [])
  const trials = fresh.flatMap(look => trialOf(look) ?? [])
  const work = learnAndCrossValidate({ lessons, trials }, CLICK_PLAN, quickProducts)
  return settle(await runLearning(work, ports, options), lessons.length, ports, options.inUse)
}

function reasonToWait(looks: number, queries: number, inUse: HeadVersion | undefined): string | undefined {
  const since = inUse?.source === 'openings' ? ` since version ${inUse.number}` : ''
  if (looks < LEAST_OPENINGS) {
    return `Not enough openings yet${since}: ${looks} of at least ${LEAST_OPENINGS}. Only results that you kept open for a second count.`
  }
  if (queries >= LEAST_QUERIES) return undefined
  return `Not enough different searches yet${since}: ${queries} of at least ${LEAST_QUERIES}.`
}

/** Runs the steps of `work`; between two of them others get their turn. */
export async function runLearning<T>(
  work: Generator<number, T>,
  { clock }: Pick<AdaptPorts, 'clock'>,
  { signal, progress }: Pick<AdaptOptions, 'signal' | 'progress'>,
): Promise<T> {
  for (let step = work.next(); ; step = work.next()) {
    if (step.done === true) return step.value
    progress(step.value)
    await clock.breathe()
    if (signal.aborted) throw failure('Cancelled', 'Learning was cancelled.')
  }
}

/** Accepts what was learned, or says why not. */
export async function settle(
  learned: Learned,
  examples: number,
  { encoder }: Pick<AdaptPorts, 'encoder'>,
  inUse: HeadVersion | undefined,
): Promise<Adapted> {
  const probes = await embedProbes(encoder)
  const judged = judgeLearned(learned, inUse?.correction, probes)
  const scores: LearnedScores = {
    examples,
    before: mean(judged.heldOut.before),
    after: mean(judged.heldOut.after),
    probesBefore: judged.probes.before,
    probesAfter: judged.probes.after,
  }
  if (judged.verdict !== 'accepted') return { accepted: false, sentence: refusal(judged.verdict, scores) }
  return { accepted: true, correction: judged.correction, scores }
}

function refusal(verdict: Exclude<Verdict, 'accepted'>, scores: LearnedScores): string {
  const places = `${placeOf(scores.before)} before, ${placeOf(scores.after)} after`
  switch (verdict) {
    case 'no gain':
      return `Nothing was gained, so nothing was changed. Average place of what was right: ${places}.`
    case 'too uncertain':
      return `The gain may be mere chance, so nothing was changed. Average place of what was right: ${places}.`
    case 'forgets':
      return 'It would find this better and everyday questions worse, so nothing was changed.'
  }
}

/** A mean reciprocal rank as the place that it stands for: "1.8". */
export function placeOf(rank: number): string {
  return rank > 0 ? (1 / rank).toFixed(1) : '–'
}
