import { describe, expect, it } from 'vitest'
import {
  type Habits,
  nearest,
  simulateLooks,
  simulatePreference,
  simulateWorld,
} from '../../../bench/simulated-user.ts'
import { judge, mean } from './acceptance.ts'
import type { Choice } from './choice.ts'
import { crossValidate } from './cross-validate.ts'
import { lessonOf, type Look, trialOf } from './look.ts'
import { plainKernels } from './plain-kernels.ts'
import { createRandom } from './random.ts'
import { CLICK_PLAN, ranksByGroup, trainCorrection } from './train-correction.ts'

const DIMENSION = 16
const SEEDS = Array.from({ length: 20 }, (_, i) => i + 1)
const UNTOUCHED = { before: 1, after: 1 }

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
  const preference = simulatePreference(DIMENSION, 3, strength, random)
  const looks = (count: number, habits: Habits) => lessonsOf(simulateLooks(world, count, habits, random))
  const noted = looks(200, { preference, careless })
  const plan = { ...CLICK_PLAN, seed }
  const heldOut = finish(crossValidate(noted, undefined, plan, plainKernels))
  const matrix = finish(trainCorrection(noted.lessons, plan, plainKernels))
  return { world, preference, heldOut, matrix, fresh: looks(300, { preference, careless: 0 }).trials }
}

describe('users with a preference that the model lacks', () => {
  it('get a new head, which serves them better on what they ask next', () => {
    const lives = SEEDS.slice(0, 8).map(seed => live(seed, 0.8, 0.2))
    const accepted = lives.filter(({ heldOut }) => judge(heldOut, UNTOUCHED) === 'accepted')
    expect(accepted.length).toBeGreaterThanOrEqual(6)
    for (const { fresh, matrix } of accepted) {
      expect(rankOf(fresh, matrix)).toBeGreaterThan(rankOf(fresh, undefined) + 0.02)
    }
  })
})

describe('users who open anything', () => {
  it('keep the head that they have, but for one in twenty at most', () => {
    const verdicts = SEEDS.map(seed => judge(live(seed, 0.8, 1).heldOut, UNTOUCHED))
    expect(verdicts.filter(verdict => verdict === 'accepted').length).toBeLessThanOrEqual(1)
  })
})

describe('users whose wishes contradict what everybody else means', () => {
  it('keep the head that they have', () => {
    for (const seed of SEEDS.slice(0, 3)) {
      const { world, heldOut, matrix } = live(seed, 3, 0)
      const probes = Array.from({ length: 60 }, (_, group): Choice => {
        const query = world.ask()
        const [right, ...wrong] = nearest(world.documents, query, 10)
        if (right === undefined) throw new Error('expected a world with documents')
        return { query, right, wrong, group }
      })
      expect(judge(heldOut, UNTOUCHED)).toBe('accepted')
      const scores = { before: rankOf(probes, undefined), after: rankOf(probes, matrix) }
      expect(judge(heldOut, scores)).toBe('forgets')
    }
  })
})
