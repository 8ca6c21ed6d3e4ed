import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { compareTerms, findTerm, termAt, termsWithPrefix } from './dictionary.ts'
import { buildSegment } from './build-segment.ts'
import { editDistance } from './edit-distance.ts'
import { termsNear } from './terms-near.ts'

const word = fc.string({ unit: fc.constantFrom('b', 'c', 'd', 'z', 'ж', '2'), minLength: 1, maxLength: 9 })
const words = fc.uniqueArray(word, { maxLength: 60 })

/** Folding and stemming must not change the words, or there would be nothing to compare. */
const dictionaryOf = (terms: readonly string[]) => buildSegment(new Map([[1, terms.join(' ')]]))
const sorted = (terms: readonly string[]) => terms.toSorted((a, b) => (a < b ? -1 : 1))

describe('a dictionary', () => {
  it('finds its terms and no others, and all that begin alike', () => {
    fc.assert(
      fc.property(words, word, (terms, wanted) => {
        const dictionary = dictionaryOf(terms)
        const all = sorted(terms)
        expect(all.map((_, term) => termAt(dictionary, term))).toEqual(all)
        expect(findTerm(dictionary, wanted)).toBe(all.indexOf(wanted))
        const [start, end] = termsWithPrefix(dictionary, wanted)
        expect(all.slice(start, end)).toEqual(all.filter(term => term.startsWith(wanted)))
      }),
      { seed: 12, numRuns: 300 },
    )
  })

  it('compares its terms with those of another as strings compare', () => {
    fc.assert(
      fc.property(word, word, (a, b) => {
        const order = compareTerms(dictionaryOf([a]), 0, dictionaryOf([b]), 0)
        expect(Math.sign(order)).toBe(a < b ? -1 : a > b ? 1 : 0)
      }),
      { seed: 13, numRuns: 300 },
    )
  })
})

describe('termsNear', () => {
  it('finds what the table of distances says is near, but for numbers', () => {
    fc.assert(
      fc.property(words, word, fc.integer({ min: 1, max: 2 }), (terms, wanted, distance) => {
        const dictionary = dictionaryOf(terms)
        const near = termsNear(dictionary, wanted, distance)
        const expected = sorted(terms)
          .filter(term => !term.includes('2') && editDistance(term, wanted) <= distance)
          .map(term => [term, editDistance(term, wanted)])
        expect(near.map(({ term, distance }) => [termAt(dictionary, term), distance])).toEqual(expected)
      }),
      { seed: 14, numRuns: 500 },
    )
  })

  it.each([
    ['tower', 'tower', 0],
    ['twoer', 'tower', 1],
    ['towr', 'tower', 1],
    ['towwer', 'tower', 1],
    ['tover', 'tower', 1],
    ['towreing', 'towering', 1],
    ['ca', 'abc', 3],
  ])('counts from %s to %s %i', (a, b, distance) => {
    expect(editDistance(a, b)).toBe(distance)
  })
})
