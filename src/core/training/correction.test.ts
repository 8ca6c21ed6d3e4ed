import { describe, expect, it } from 'vitest'
import { dotProduct, normalised } from '../vector.ts'
import { batchChoices, type Choice } from './choice.ts'
import { correctionLoss, correctRows, identityCorrection } from './correction.ts'
import { plainKernels } from './plain-kernels.ts'
import { createRandom } from './random.ts'
import { splitGroups, trainCorrection } from './train-correction.ts'

const DIMENSION = 6
const random = createRandom(7)
const unit = () => normalised(Float32Array.from({ length: DIMENSION }, () => random.normal()))
const candidate = (id: number) => ({ id, vector: unit() })
const choices: Choice[] = Array.from({ length: 20 }, (_, i) => ({
  query: unit(),
  right: candidate(3 * i),
  wrong: [candidate(3 * i + 1), candidate(3 * i + 2)],
  group: i % 10,
}))
const nearIdentity = () => identityCorrection(DIMENSION).map(value => value + 0.2 * random.normal())

describe('a correction', () => {
  it('leaves unit rows alone when it is the identity', () => {
    const rows = Float32Array.from([...unit(), ...unit()])
    expect(correctRows(identityCorrection(DIMENSION), rows)).toEqual(rows)
  })

  it('gives rows of length 1, each by itself', () => {
    const matrix = nearIdentity()
    const [a, b] = [unit(), unit()]
    const together = correctRows(matrix, Float32Array.from([...a, ...b]))
    expect(together.subarray(DIMENSION)).toEqual(correctRows(matrix, b))
    const row = together.subarray(0, DIMENSION)
    expect(dotProduct(row, row)).toBeCloseTo(1, 5)
  })

  it('keeps a row that it would make zero', () => {
    const row = unit()
    expect(correctRows(new Float32Array(DIMENSION ** 2), row)).toEqual(row)
  })
})

describe('the loss', () => {
  it.each([false, true])('has the gradient that finite differences give, shared: %s', shared => {
    const matrix = nearIdentity()
    const batch = batchChoices(choices.slice(0, 5), shared)
    const options = { sharpness: 6, pull: 0.3 }
    const gradient = new Float32Array(matrix.length)
    correctionLoss(matrix, batch, options, plainKernels, gradient)
    const step = 1e-2
    for (let i = 0; i < matrix.length; i++) {
      const lossAt = (by: number) => {
        const moved = matrix.slice()
        moved[i] = (moved[i] ?? 0) + by
        return correctionLoss(moved, batch, options, plainKernels)
      }
      const slope = (lossAt(step) - lossAt(-step)) / (2 * step)
      expect(Math.abs(slope - (gradient[i] ?? 0))).toBeLessThan(3e-3)
    }
  })

  it('is that of a row alone, averaged, and the distance from the shipped head', () => {
    const matrix = nearIdentity()
    const lossOf = (some: Choice[], pull: number) =>
      correctionLoss(matrix, batchChoices(some, false), { sharpness: 6, pull }, plainKernels)
    const some = choices.slice(0, 4)
    const alone = some.reduce((sum, one) => sum + lossOf([one], 0) / 4, 0)
    expect(lossOf(some, 0)).toBeCloseTo(alone, 5)
    const home = identityCorrection(DIMENSION)
    const away = matrix.reduce((sum, value, i) => sum + (value - (home[i] ?? 0)) ** 2, 0)
    expect(lossOf(some, 2) - lossOf(some, 0)).toBeCloseTo(away, 4)
  })
})

describe('training a correction', () => {
  const plan = {
    sharpness: 6,
    pull: 0.01,
    rate: 0.1,
    momentum: 0.9,
    epochs: 30,
    patience: 5,
    batch: 4,
    shared: false,
    seed: 3,
  }
  function train(learned: readonly Choice[], changed = {}) {
    const training = trainCorrection(learned, { ...plan, ...changed }, plainKernels)
    const progress: number[] = []
    let step = training.next()
    for (; !step.done; step = training.next()) progress.push(step.value)
    return { matrix: step.value, progress }
  }

  /** What is right is always the query's image under one swap of axes. */
  const learnable = Array.from({ length: 60 }, (_, group): Choice => {
    const query = unit()
    const vector = query.slice()
    vector[0] = query[1] ?? 0
    vector[1] = query[0] ?? 0
    return { query, right: { id: group, vector }, wrong: [{ id: 1000 + group, vector: query }], group }
  })

  it('learns what there is to learn, and says how far it is', () => {
    const { matrix, progress } = train(learnable)
    const batch = batchChoices(learnable, false)
    const lossOf = (at: Float32Array) => correctionLoss(at, batch, { sharpness: 6, pull: 0 }, plainKernels)
    expect(lossOf(matrix)).toBeLessThan(0.6 * lossOf(identityCorrection(DIMENSION)))
    expect(progress).toEqual(progress.toSorted((a, b) => a - b))
    expect(progress.every(share => share >= 0 && share <= 1)).toBe(true)
  })

  it('comes out the same for the same seed, and only then', () => {
    expect(train(learnable).matrix).toEqual(train(learnable).matrix)
    expect(train(learnable, { seed: 4 }).matrix).not.toEqual(train(learnable).matrix)
  })

  it('stays nearer to the shipped head the stronger the pull', () => {
    const home = identityCorrection(DIMENSION)
    const distance = (pull: number) =>
      train(learnable, { pull }).matrix.reduce((sum, value, i) => sum + (value - (home[i] ?? 0)) ** 2, 0)
    expect(distance(1)).toBeLessThan(distance(0.01))
  })

  it('keeps the shipped head when nothing gets better', () => {
    const { matrix, progress } = train(learnable, { rate: 0 })
    expect(matrix).toEqual(identityCorrection(DIMENSION))
    // Five epochs of twelve batches, each with three to test and three before: it has stopped early.
    expect(progress).toHaveLength(plan.patience * (12 + 3) + 3)
  })

  it('keeps groups whole when it sets some apart', () => {
    const [apart, kept] = splitGroups(choices, 0.2, createRandom(1))
    expect([apart.length, kept.length]).toEqual([4, 16])
    const groups = new Set(apart.map(({ group }) => group))
    expect(kept.some(({ group }) => groups.has(group))).toBe(false)
  })
})
