import { describe, expect, it } from 'vitest'
import {
  type Habits,
  nearest,
  simulateLooks,
  simulatePreference,
  simulateWorld,
  type SimulatedWorld,
} from '../../../bench/simulated-user.ts'
import { judgeLearned, mean } from './acceptance.ts'
import type { Choice } from './choice.ts'
import { shrinkCorrection } from './correction.ts'
import { learnAndCrossValidate } from './cross-validate.ts'
import { lessonOf, type Look, trialOf } from './look.ts'
import { quickProducts } from './quick-products.ts'
import { createRandom } from './random.ts'
import { CLICK_PLAN, ranksByGroup } from './train-correction.ts'

const DIMENSION = 16
const SEEDS = Array.from({ length: 20 }, (_, i) => i + 1)

function finish<T>(work: Generator<number, T>): T {
  let step = work.next()
  while (!step.done) step = work.next()
  return step.value
}

const lessonsOf = (looks: readonly Look[]) => ({
  lessons: looks.flatMap(look => lessonOf(look) ?? []),
  trials: looks.flatMap(look => trialOf(look) ?? []),
})

const rankOf = (trials: readonly Choice[], matrix: Float32Array | undefined) =>
  mean([...ranksByGroup(trials, matrix).values()])

/** A world, 200 looks of a user in it, and what came of learning from them. */
function live(seed: number, strength: number, careless: number) {
  const random = createRandom(seed)
  const world = simulateWorld(DIMENSION, 20, 200, random)
  const preference = simulatePreference(world, 6, strength, random)
  const looks = (count: number, habits: Habits) => lessonsOf(simulateLooks(world, count, habits, random))
  const learned = finish(
    learnAndCrossValidate(looks(200, { preference, careless }), { ...CLICK_PLAN, seed }, quickProducts),
  )
  return { world, learned, fresh: looks(300, { preference, careless: 0 }).trials }
}

/** What everybody means: each query wants what is nearest by the shipped head. */
function everydayProbes(world: SimulatedWorld): Choice[] {
  return Array.from({ length: 60 }, (_, group) => {
    const query = world.ask()
    const [right, ...wrong] = nearest(world.documents, query, 10)
    if (right === undefined) throw new Error('expected a world with documents')
    return { query, right, wrong, group }
  })
}

describe('users with a preference that the model lacks', () => {
  it('get a new head, which serves them better on what they ask next', () => {
    const lives = SEEDS.slice(0, 8).map(seed => live(seed, 2, 0.2))
    const judged = lives.map(({ learned, fresh }) => ({ ...judgeLearned(learned, undefined, []), fresh }))
    const accepted = judged.filter(({ verdict }) => verdict === 'accepted')
    expect(accepted.length).toBeGreaterThanOrEqual(7)
    for (const { fresh, correction } of accepted) {
      expect(rankOf(fresh, correction)).toBeGreaterThan(rankOf(fresh, undefined) + 0.02)
    }
  })
})

describe('users who open anything', () => {
  it('keep the head that they have, but for one in twenty at most', () => {
    const verdicts = SEEDS.map(seed => judgeLearned(live(seed, 2, 1).learned, undefined, []).verdict)
    expect(verdicts.filter(verdict => verdict === 'accepted').length).toBeLessThanOrEqual(1)
  })
})

describe('users whose wishes contradict what everybody else means', () => {
  it('keep the head that they have, however well another would serve them', () => {
    for (const seed of SEEDS.slice(0, 3)) {
      const { world, learned } = live(seed, 4, 0)
      expect(judgeLearned(learned, undefined, []).verdict).toBe('accepted')
      expect(judgeLearned(learned, undefined, everydayProbes(world)).verdict).toBe('forgets')
    }
  })
})

describe('what is accepted', () => {
  it('goes less far where the whole way would forget too much', () => {
    const { learned } = live(1, 2, 0)
    const whole = judgeLearned(learned, undefined, [])
    // One probe that the whole way loses and half of it does not.
    const probe = learned.tested
      .flatMap(({ trials }) => trials)
      .find(
        trial =>
          rankOf([trial], undefined) === 1 &&
          rankOf([trial], whole.correction) < 1 &&
          rankOf([trial], shrinkCorrection(whole.correction, 0.25)) === 1,
      )
    if (probe === undefined) throw new Error('expected a trial that is lost on the way')
    const careful = judgeLearned(learned, undefined, [probe])
    expect(careful.probes).toEqual({ before: 1, after: 1 })
    expect(distance(careful.correction)).toBeLessThan(distance(whole.correction))
    expect(distance(careful.correction)).toBeGreaterThan(0)
  })
})

function distance(matrix: Float32Array): number {
  const home = shrinkCorrection(matrix, 0)
  return Math.hypot(...matrix.map((value, i) => value - (home[i] ?? 0)))
}
