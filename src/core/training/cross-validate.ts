import type { HeldOut } from './acceptance.ts'
import type { Choice } from './choice.ts'
import type { TrainingKernels } from './kernels.ts'
import { createRandom } from './random.ts'
import { type CorrectionPlan, ranksByGroup, splitGroups, trainCorrection } from './train-correction.ts'

/** What is learned from, and what is tested with; both know the same groups. */
export interface Lessons {
  readonly lessons: readonly Choice[]
  readonly trials: readonly Choice[]
}

const FOLDS = 5

type Kernels = Pick<TrainingKernels, 'multiply' | 'multiplyTransposed'>

export interface Learned {
  readonly correction: Float32Array
  readonly heldOut: HeldOut
}

/**
 * Every group tested once by a correction that was learned from the others: with few examples no other way leaves enough
 * of them on both sides. `before` are the ranks of `current`, the correction in use. Yields the share done.
 */
export function* crossValidate(
  { lessons, trials }: Lessons,
  current: Float32Array | undefined,
  plan: CorrectionPlan,
  kernels: Kernels,
): Generator<number, HeldOut> {
  const groups = createRandom(plan.seed).shuffle([...new Set(trials.map(({ group }) => group))])
  const foldOf = new Map(groups.map((group, i) => [group, i % FOLDS]))
  const before: number[] = []
  const after: number[] = []
  for (let fold = 0; fold < FOLDS; fold++) {
    const others = lessons.filter(({ group }) => foldOf.get(group) !== fold)
    const tested = trials.filter(({ group }) => foldOf.get(group) === fold)
    const training = trainCorrection(others, plan, kernels)
    let step = training.next()
    for (; !step.done; step = training.next()) yield (fold + step.value) / FOLDS
    before.push(...ranksByGroup(tested, current).values())
    after.push(...ranksByGroup(tested, step.value).values())
  }
  return { before, after }
}

/** A correction learned from everything, and what its like are worth on what they had not seen. For few examples. */
export function* learnAndCrossValidate(
  material: Lessons,
  current: Float32Array | undefined,
  plan: CorrectionPlan,
  kernels: Kernels,
): Generator<number, Learned> {
  const part = 1 / (FOLDS + 1)
  const heldOut = yield* within(crossValidate(material, current, plan, kernels), 0, 1 - part)
  const correction = yield* within(trainCorrection(material.lessons, plan, kernels), 1 - part, part)
  return { correction, heldOut }
}

/** A correction learned from four fifths of the groups and tested on the last. For many examples. */
export function* learnAndHoldOut(
  { lessons, trials }: Lessons,
  current: Float32Array | undefined,
  plan: CorrectionPlan,
  kernels: Kernels,
): Generator<number, Learned> {
  const [tested] = splitGroups(trials, 1 / FOLDS, createRandom(plan.seed))
  const groups = new Set(tested.map(({ group }) => group))
  const others = lessons.filter(({ group }) => !groups.has(group))
  const correction = yield* trainCorrection(others, plan, kernels)
  const before = [...ranksByGroup(tested, current).values()]
  return { correction, heldOut: { before, after: [...ranksByGroup(tested, correction).values()] } }
}

/** The same work as a part of a larger one. */
function* within<T>(work: Generator<number, T>, from: number, part: number): Generator<number, T> {
  let step = work.next()
  for (; !step.done; step = work.next()) yield from + part * step.value
  return step.value
}
