import { batchChoices, type Choice, reciprocalRankOf } from './choice.ts'
import { correctionLoss, correctRows, identityCorrection, type LossOptions } from './correction.ts'
import type { TrainingKernels } from './kernels.ts'
import { createRandom, type Random } from './random.ts'

export interface CorrectionPlan extends LossOptions {
  readonly rate: number
  /** Part of the last step that the next one keeps. */
  readonly momentum: number
  readonly epochs: number
  /** Epochs without a better loss on the choices kept apart after which training stops. */
  readonly patience: number
  readonly batch: number
  /** Whether the choices of a batch serve each other as wrong ones. */
  readonly shared: boolean
  readonly seed: number
}

type Kernels = Pick<TrainingKernels, 'multiply' | 'multiplyTransposed'>

/** Measured on simulated users (`bench/simulated-user.ts`): a rate of 0.2 overshoots, a pull of 1 holds back. */
export const CLICK_PLAN: CorrectionPlan = {
  sharpness: 20,
  pull: 0.1,
  rate: 0.02,
  momentum: 0.9,
  epochs: 40,
  patience: 4,
  batch: 16,
  shared: false,
  seed: 1,
}

/** For thousands of passages that serve each other as wrong ones. */
export const DOCUMENT_PLAN: CorrectionPlan = {
  ...CLICK_PLAN,
  sharpness: 30,
  rate: 0.002,
  epochs: 6,
  patience: 1,
  batch: 64,
  shared: true,
}

/** Part of the choices, by group, that decides when to stop. */
const KEPT_APART = 0.2

/**
 * Learns a correction from the identity by stochastic gradient descent, and stops early: the one with the least loss on
 * a fifth of the groups, which it never trains on, is what comes out. Plain descent and not Adam, because its steps stay
 * in the span of the queries that were seen: what nobody asked for is left alone. Yields the share done after each batch,
 * so that its caller can let others work, or stop.
 */
export function* trainCorrection(
  choices: readonly Choice[],
  plan: CorrectionPlan,
  kernels: Kernels,
): Generator<number, Float32Array> {
  const random = createRandom(plan.seed)
  const [apart, kept] = splitGroups(choices, KEPT_APART, random)
  const matrix = identityCorrection(choices[0]?.query.length ?? 0)
  const speed = new Float32Array(matrix.length)
  let best = matrix.slice()
  let bestLoss = yield* meanLoss(matrix, apart, plan, kernels, 0)
  for (let epoch = 0, since = 0; epoch < plan.epochs && since < plan.patience; epoch++, since++) {
    for (const done of runEpoch(random.shuffle([...kept]), { matrix, speed }, plan, kernels)) {
      yield (epoch + done) / plan.epochs
    }
    const loss = yield* meanLoss(matrix, apart, plan, kernels, (epoch + 1) / plan.epochs)
    if (!(loss < bestLoss)) continue
    bestLoss = loss
    best = matrix.slice()
    since = -1
  }
  return best
}

function* runEpoch(
  choices: readonly Choice[],
  { matrix, speed }: { readonly matrix: Float32Array; readonly speed: Float32Array },
  plan: CorrectionPlan,
  kernels: Kernels,
): Generator<number> {
  const gradient = new Float32Array(matrix.length)
  for (let start = 0; start < choices.length; start += plan.batch) {
    const batch = batchChoices(choices.slice(start, start + plan.batch), plan.shared)
    correctionLoss(matrix, batch, plan, kernels, gradient)
    for (let i = 0; i < matrix.length; i++) {
      speed[i] = plan.momentum * (speed[i] ?? 0) - plan.rate * (gradient[i] ?? 0)
      matrix[i] = (matrix[i] ?? 0) + (speed[i] ?? 0)
    }
    yield Math.min(1, (start + plan.batch) / choices.length)
  }
}

/** Without the pull: what a correction is good for, not how far it has come. Yields `done` after each batch. */
function* meanLoss(
  matrix: Float32Array,
  choices: readonly Choice[],
  plan: CorrectionPlan,
  kernels: Kernels,
  done: number,
): Generator<number, number> {
  let sum = 0
  for (let start = 0; start < choices.length; start += plan.batch) {
    const part = choices.slice(start, start + plan.batch)
    const options = { sharpness: plan.sharpness, pull: 0 }
    sum += part.length * correctionLoss(matrix, batchChoices(part, plan.shared), options, kernels)
    yield done
  }
  return sum / choices.length
}

/** About `share` of the groups, whole, and the rest. */
export function splitGroups(
  choices: readonly Choice[],
  share: number,
  random: Random,
): readonly [Choice[], Choice[]] {
  const groups = random.shuffle([...new Set(choices.map(({ group }) => group))])
  const taken = new Set(groups.slice(0, Math.max(1, Math.round(share * groups.length))))
  return [choices.filter(({ group }) => taken.has(group)), choices.filter(({ group }) => !taken.has(group))]
}

/** Mean reciprocal rank of each group's right documents: by group, since looks at one query are no independent witnesses. */
export function ranksByGroup(
  choices: readonly Choice[],
  matrix: Float32Array | undefined,
): ReadonlyMap<number, number> {
  const sums = new Map<number, { sum: number; count: number }>()
  for (const choice of choices) {
    const query = matrix === undefined ? choice.query : correctRows(matrix, choice.query)
    const { sum, count } = sums.get(choice.group) ?? { sum: 0, count: 0 }
    sums.set(choice.group, { sum: sum + reciprocalRankOf(choice, query), count: count + 1 })
  }
  return new Map([...sums].map(([group, { sum, count }]) => [group, sum / count]))
}
