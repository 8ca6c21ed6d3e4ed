import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { parseSimilaritySet, ranksOf, spearman } from './similarity.ts'

describe('ranksOf', () => {
  it('gives equal values the mean of their ranks', () => {
    expect(ranksOf([10, 30, 20, 30, 5])).toEqual([2, 4.5, 3, 4.5, 1])
    expect(ranksOf([7, 7, 7])).toEqual([2, 2, 2])
  })

  it('agrees with counting what is below and what is equal', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 5 })), values => {
        const counted = values.map(value => {
          const below = values.filter(other => other < value).length
          const equal = values.filter(other => other === value).length
          return below + (equal + 1) / 2
        })
        expect(ranksOf(values)).toEqual(counted)
      }),
      { seed: 1 },
    )
  })
})

describe('spearman', () => {
  it('is 1 for the same order, −1 for the reverse, whatever the distances', () => {
    expect(spearman([1, 2, 3], [1, 10, 1000])).toBeCloseTo(1, 12)
    expect(spearman([1, 2, 3], [9, 8, 1])).toBeCloseTo(-1, 12)
  })

  it('is what one works out by hand, without and with ties', () => {
    // Differences of ranks 0, 1, 1, 1, 1: 1 − 6 · 4 / (5 · 24).
    expect(spearman([1, 2, 3, 4, 5], [1, 3, 2, 5, 4])).toBeCloseTo(0.8, 12)
    // Ranks 1, 2.5, 2.5, 4 and 1, 2, 3, 4: products 4.5, squares 4.5 and 5.
    expect(spearman([1, 2, 2, 3], [1, 2, 3, 4])).toBeCloseTo(4.5 / Math.sqrt(4.5 * 5), 12)
  })

  it('is 0 where one side is all the same, and refuses lists of two lengths', () => {
    expect(spearman([1, 1, 1], [1, 2, 3])).toBe(0)
    expect(() => spearman([1], [1, 2])).toThrow('expected two lists of one length, got 1 and 2')
  })
})

describe('parseSimilaritySet', () => {
  it('reads pairs below names of columns or without', () => {
    const pairs = [
      { a: 'a loaf', b: 'bread', score: 4.5 },
      { a: 'a ship', b: 'tea', score: 0 },
    ]
    const lines = 'a loaf\tbread\t4.5\r\na ship\ttea\t0\n'
    expect(parseSimilaritySet('s', lines)).toEqual({ name: 's', pairs })
    expect(parseSimilaritySet('s', `A\tB\tscore\n${lines}`)).toEqual({ name: 's', pairs })
  })

  it.each([
    ['a missing score', 'a\tb\t1\n\nc\td', 's/pairs.tsv, line 3: expected two texts and a score'],
    ['a column too many', 'a\tb\t1\na\tb\tc\t2', 's/pairs.tsv, line 2'],
    ['nothing to rank', 'a\tb\t1\nc\td\t1', 'expected at least two pairs with different scores, got 2'],
  ])('says where there is %s', (_, text, message) => {
    expect(() => parseSimilaritySet('s', text)).toThrow(message)
  })
})
