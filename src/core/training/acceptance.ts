/** Whether a learned correction may replace the head in use. */
import type { Choice } from './choice.ts'
import { shrinkCorrection } from './correction.ts'
import { type HeldOut, type Learned, ranksHeldOut } from './cross-validate.ts'
import { createRandom } from './random.ts'
import { ranksByGroup } from './train-correction.ts'

/** Mean reciprocal ranks on a fixed set of queries that have nothing to do with the user. */
export interface ProbeScores {
  readonly before: number
  readonly after: number
}

export type Verdict = 'accepted' | 'no gain' | 'too uncertain' | 'forgets'

/** Least gain in mean reciprocal rank that anybody could notice. */
export const LEAST_GAIN = 0.01
/**
 * A gain this unlikely without a cause is believed. Of 300 simulated users who open at random, 8 got a new head: the test
 * takes the groups for independent, and the folds that they are tested in are nearly so.
 */
export const BELIEVED_CHANCE = 0.02
/** Most that may be lost on the probes. */
export const MOST_FORGOTTEN = 0.01

/** Flips of the randomisation test; the chance is known to about 0.002. */
const FLIPS = 5000

/** Shares of the way to what was learned that are tried, the whole way first. */
const SHARES = [1, 0.7, 0.5, 0.35, 0.25, 0.15]

export interface Judgement {
  readonly verdict: Verdict
  readonly correction: Float32Array
  readonly heldOut: HeldOut
  readonly probes: ProbeScores
}

/**
 * Goes as far towards what was learned as the probes allow, and judges that. The probes alone choose how far, so the
 * choices kept apart still know nothing of it.
 */
export function judgeLearned(
  learned: Learned,
  current: Float32Array | undefined,
  probes: readonly Choice[],
): Judgement {
  const rank = (matrix: Float32Array | undefined) => mean([...ranksByGroup(probes, matrix).values()])
  const before = rank(undefined)
  const forgets = (share: number) =>
    before - rank(shrinkCorrection(learned.correction, share)) > MOST_FORGOTTEN
  const share = SHARES.find(one => !forgets(one)) ?? 1
  const correction = shrinkCorrection(learned.correction, share)
  const heldOut = ranksHeldOut(learned, current, share)
  const scores = { before, after: rank(correction) }
  return { verdict: judge(heldOut, scores), correction, heldOut, probes: scores }
}

export function judge(heldOut: HeldOut, probes: ProbeScores): Verdict {
  if (mean(heldOut.after) - mean(heldOut.before) < LEAST_GAIN) return 'no gain'
  if (chanceOf(heldOut) > BELIEVED_CHANCE) return 'too uncertain'
  return probes.before - probes.after > MOST_FORGOTTEN ? 'forgets' : 'accepted'
}

/**
 * How likely a mean gain at least as large is when before and after are the same but for chance: Fisher's paired
 * randomisation test, which flips the sign of each difference at random and needs no assumption of their distribution
 * (for rankings: Smucker, Allan and Carterette 2007). Exactly repeatable.
 */
export function chanceOf({ before, after }: HeldOut): number {
  const gains = after.map((value, i) => value - (before[i] ?? 0))
  const seen = sum(gains) - 1e-9
  const random = createRandom(gains.length)
  let asLarge = 1
  for (let flip = 0; flip < FLIPS; flip++) {
    let flipped = 0
    for (const gain of gains) flipped += random.next() < 0.5 ? gain : -gain
    if (flipped >= seen) asLarge++
  }
  return asLarge / (FLIPS + 1)
}

export function mean(values: readonly number[]): number {
  return values.length === 0 ? 0 : sum(values) / values.length
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0)
}
