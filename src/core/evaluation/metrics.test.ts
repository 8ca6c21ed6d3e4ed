import { describe, expect, it } from 'vitest'
import { meanScores, ndcg, recall, reciprocalRank, scoreRanking } from './metrics.ts'

const grades = new Map([
  ['a', 2],
  ['b', 1],
  ['z', 0],
])

describe('ndcg', () => {
  it('is 1 for the ideal order', () => {
    expect(ndcg(['a', 'b', 'x'], grades, 10)).toBe(1)
  })

  it('discounts by the logarithm of the rank, worked by hand', () => {
    // Gains 3 for a at rank 3 (log2 4 = 2) and 1 for b at rank 1; ideally 3 + 1 / log2 3.
    expect(ndcg(['b', 'x', 'a'], grades, 10)).toBeCloseTo((1 + 3 / 2) / (3 + 1 / Math.log2(3)), 12)
  })

  it('sees nothing below its depth and is 0 when nothing is relevant', () => {
    expect(ndcg(['x', 'y', 'a'], grades, 2)).toBe(0)
    expect(ndcg(['z'], new Map([['z', 0]]), 10)).toBe(0)
  })
})

describe('reciprocalRank', () => {
  it('is one over the first relevant rank within the depth', () => {
    expect(reciprocalRank(['x', 'z', 'b'], grades, 10)).toBeCloseTo(1 / 3, 12)
    expect(reciprocalRank(['x', 'z', 'b'], grades, 2)).toBe(0)
  })
})

describe('recall', () => {
  it('is the share of the relevant that were found', () => {
    expect(recall(['b', 'x', 'z'], grades, 100)).toBe(0.5)
    expect(recall(['x', 'a', 'b'], grades, 2)).toBe(0.5)
  })
})

describe('meanScores', () => {
  it('takes the mean of each measure', () => {
    const scores = [scoreRanking(['a', 'b'], grades), scoreRanking(['x'], grades)]
    expect(meanScores(scores)).toEqual({ ndcg10: 0.5, mrr10: 0.5, recall100: 0.5 })
  })
})
