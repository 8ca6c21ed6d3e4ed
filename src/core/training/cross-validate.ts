import type { Choice } from './choice.ts'
import { shrinkCorrection } from './correction.ts'
import type { TrainingKernels } from './kernels.ts'
import { createRandom } from './random.ts'
import { type CorrectionPlan, ranksByGroup, splitGroups, trainCorrection } from './train-correction.ts'

/** What is learned from, and what is tested with; both know the same groups. */
export interface Lessons {
  readonly lessons: readonly Choice[]
  readonly trials: readonly Choice[]
}

/** Trials, and a correction that was learned without their groups. */
export interface Tested {
  readonly trials: readonly Choice[]
  readonly correction: Float32Array
}

export interface Learned {
  readonly correction: Float32Array
  /** What the likes of it are worth on what they had not seen. */
  readonly tested: readonly Tested[]
}

/** Reciprocal ranks of what was right, group by group, on choices that nothing was learned from. */
export interface HeldOut {
  readonly before: readonly number[]
  readonly after: readonly number[]
}

type Kernels = Pick<TrainingKernels, 'multiply' | 'multiplyTransposed'>

const FOLDS = 5

/** More would say no more, and take its time in one piece. */
const MOST_TESTED = 1000

/**
 * For few examples: a correction learned from everything, and every group tested once by one that was learned from the
 * others; no other way leaves enough of them on both sides. Yields the share done.
 */
export function* learnAndCrossValidate(
  { lessons, trials }: Lessons,
  plan: CorrectionPlan,
  kernels: Kernels,
): Generator<number, Learned> {
  const groups = createRandom(plan.seed).shuffle([...new Set(trials.map(({ group }) => group))])
  const foldOf = new Map(groups.map((group, i) => [group, i % FOLDS]))
  const part = 1 / (FOLDS + 1)
  const tested: Tested[] = []
  for (let fold = 0; fold < FOLDS; fold++) {
    const others = lessons.filter(({ group }) => foldOf.get(group) !== fold)
    const correction = yield* within(trainCorrection(others, plan, kernels), fold * part, part)
    tested.push({ correction, trials: trials.filter(({ group }) => foldOf.get(group) === fold) })
  }
  const correction = yield* within(trainCorrection(lessons, plan, kernels), 1 - part, part)
  return { correction, tested }
}

/**
 * For many examples: a correction learned from four fifths of the groups, or all but a thousand, and tested on the others.
 * Yields the share done.
 */
export function* learnAndHoldOut(
  { lessons, trials }: Lessons,
  plan: CorrectionPlan,
  kernels: Kernels,
): Generator<number, Learned> {
  const share = Math.min(1 / FOLDS, MOST_TESTED / Math.max(1, trials.length))
  const [apart] = splitGroups(trials, share, createRandom(plan.seed))
  const groups = new Set(apart.map(({ group }) => group))
  const others = lessons.filter(({ group }) => !groups.has(group))
  const correction = yield* trainCorrection(others, plan, kernels)
  return { correction, tested: [{ correction, trials: apart }] }
}

/** Ranks with the correction in use, `current`, and with `share` of the way to what was learned. */
export function ranksHeldOut({ tested }: Learned, current: Float32Array | undefined, share: number): HeldOut {
  const ranks = (correctionOf: (one: Tested) => Float32Array | undefined) =>
    tested.flatMap(one => [...ranksByGroup(one.trials, correctionOf(one)).values()])
  return {
    before: ranks(() => current),
    after: ranks(({ correction }) => shrinkCorrection(correction, share)),
  }
}

/** The same work as a part of a larger one. */
function* within<T>(work: Generator<number, T>, from: number, part: number): Generator<number, T> {
  let step = work.next()
  for (; !step.done; step = work.next()) yield from + part * step.value
  return step.value
}
