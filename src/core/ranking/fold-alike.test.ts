import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { foldAlike } from './fold-alike.ts'

const close = (one: number, other: number) => Math.abs(one - other) <= 2

describe('foldAlike', () => {
  it('loses nothing, folds only what is like its best, and keeps unlike ones apart and in order', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 40 }), { maxLength: 30 }), items => {
        const folds = foldAlike(items, close)
        const all = folds.flatMap(({ best, alike }) => [best, ...alike])
        expect(all.toSorted((a, b) => a - b)).toEqual(items.toSorted((a, b) => a - b))
        expect(folds.every(({ best, alike }) => alike.every(item => close(best, item)))).toBe(true)
        const bests = folds.map(({ best }) => best)
        expect(bests.every((best, i) => bests.slice(0, i).every(other => !close(best, other)))).toBe(true)
        expect(bests).toEqual([...new Set(bests)].toSorted((a, b) => items.indexOf(a) - items.indexOf(b)))
      }),
      { seed: 5 },
    )
  })

  it('does not follow a chain', () => {
    expect(foldAlike([1, 3, 5], close)).toEqual([
      { best: 1, alike: [3] },
      { best: 5, alike: [] },
    ])
  })
})
