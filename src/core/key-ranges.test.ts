import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  complement,
  intersection,
  type KeyRanges,
  membership,
  rangesOf,
  rangesOfKeys,
  sizeOf,
} from './key-ranges.ts'

const LAST = 0xffff_ffff
/** Both ends of what a key can be, where off-by-one errors live. */
const SAMPLE = [...Array.from({ length: 40 }, (_, i) => i), ...Array.from({ length: 40 }, (_, i) => LAST - i)]

const key = fc.constantFrom(...SAMPLE)
const keySet = fc.uniqueArray(key, { maxLength: 30 })
const ascending = (keys: readonly number[]) => keys.toSorted((a, b) => a - b)

function members(ranges: KeyRanges): number[] {
  const has = membership(ranges)
  return ascending(SAMPLE.filter(has))
}

describe('key ranges', () => {
  it('hold what they were made of, whatever the order of the questions', () => {
    fc.assert(
      fc.property(keySet, keys => {
        const ranges = rangesOfKeys(ascending(keys))
        expect(members(ranges)).toEqual(ascending(keys))
        expect(sizeOf(ranges)).toBe(keys.length)
      }),
      { seed: 1 },
    )
  })

  it('join pairs that overlap or touch', () => {
    const ranges = rangesOf([
      [5, 7],
      [1, 2],
      [3, 5],
      [20, 21],
    ])
    expect([...ranges.first]).toEqual([1, 20])
    expect([...ranges.last]).toEqual([7, 21])
  })

  it('intersect and complement as sets do', () => {
    fc.assert(
      fc.property(keySet, keySet, (a, b) => {
        const [first, second] = [rangesOfKeys(ascending(a)), rangesOfKeys(ascending(b))]
        expect(members(intersection(first, second))).toEqual(ascending(a.filter(one => b.includes(one))))
        expect(members(complement(first))).toEqual(ascending(SAMPLE.filter(one => !a.includes(one))))
        expect(sizeOf(complement(first))).toBe(LAST + 1 - a.length)
      }),
      { seed: 2 },
    )
  })
})
