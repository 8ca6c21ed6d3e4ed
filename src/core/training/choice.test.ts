import { describe, expect, it } from 'vitest'
import { normalised } from '../vector.ts'
import { batchChoices, type Candidate, type Choice, reciprocalRankOf } from './choice.ts'
import { lessonOf, trialOf } from './look.ts'

const candidate = (id: number, x: number, y: number): Candidate => ({
  id,
  vector: normalised(Float32Array.of(x, y)),
})
const [east, north, west] = [candidate(1, 1, 0), candidate(2, 0, 1), candidate(3, -1, 0)]
const choice = (right: Candidate, ...wrong: Candidate[]): Choice => ({
  query: normalised(Float32Array.of(2, 1)),
  right,
  wrong,
  group: 0,
})
const offers = (choices: Choice[], shared: boolean) => [...batchChoices(choices, shared).offered]

const wrongIds = (one: Choice | undefined) => one?.wrong.map(({ id }) => id)

describe('a batch of choices', () => {
  it('offers each row its own candidates', () => {
    expect(offers([choice(east, north), choice(west)], false)).toEqual([1, 1, 0, 0, 0, 1])
  })

  it('offers what the others were offered when it is shared', () => {
    expect(offers([choice(east, north), choice(west)], true)).toEqual([1, 1, 1, 1, 1, 1])
  })

  it('never offers a second copy of what is right', () => {
    expect(offers([choice(east, north), choice(north, east)], true)).toEqual([1, 1, 1, 0, 1, 0, 1, 1])
  })

  it('knows the column of each answer', () => {
    const { answers, columns } = batchChoices([choice(east, north), choice(west), choice(north)], false)
    expect([columns, ...answers]).toEqual([4, 0, 2, 3])
  })
})

describe('the rank of what is right', () => {
  it('counts the candidates that are nearer, and shares the place of equals', () => {
    const { query } = choice(east)
    const ranks = [choice(east, north, west), choice(north, east, west), choice(west, east, north)].map(one =>
      reciprocalRankOf(one, query),
    )
    expect(ranks).toEqual([1, 1 / 2, 1 / 3])
    expect(reciprocalRankOf(choice(east, candidate(9, 1, 0)), query)).toBe((1 + 1 / 2) / 2)
  })
})

describe('a look', () => {
  const shown = [east, north, west, candidate(4, 0, -1)]
  const look = (opened: number) => ({ query: Float32Array.of(1, 0), shown, opened, group: 7 })

  it('teaches of what stood above and of the next below', () => {
    expect(wrongIds(lessonOf(look(1)))).toEqual([1, 3])
    expect(wrongIds(lessonOf(look(0)))).toEqual([2])
    expect(lessonOf(look(3))).toMatchObject({ right: { id: 4 }, group: 7 })
  })

  it('tests against everything that was shown', () => {
    expect(wrongIds(trialOf(look(0)))).toEqual([2, 3, 4])
  })

  it('says nothing when there was no choice, or nothing was opened', () => {
    expect(lessonOf({ ...look(0), shown: [east] })).toBeUndefined()
    expect(trialOf(look(9))).toBeUndefined()
  })
})
