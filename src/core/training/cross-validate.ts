import type { HeldOut } from './acceptance.ts'
import type { Choice } from './choice.ts'
import type { TrainingKernels } from './kernels.ts'
import { createRandom } from './random.ts'
import { type CorrectionPlan, ranksByGroup, trainCorrection } from './train-correction.ts'

/** What is learned from, and what is tested with; both know the same groups. */
export interface Lessons {
  readonly lessons: readonly Choice[]
  readonly trials: readonly Choice[]
}

const FOLDS = 5

/**
 * Every group tested once by a correction that was learned from the others: with few examples no other way leaves enough
 * of them on both sides. `before` are the ranks of `current`, the correction in use. Yields the share done.
 */
export function* crossValidate(
  { lessons, trials }: Lessons,
  current: Float32Array | undefined,
  plan: CorrectionPlan,
  kernels: Pick<TrainingKernels, 'multiply' | 'multiplyTransposed'>,
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
