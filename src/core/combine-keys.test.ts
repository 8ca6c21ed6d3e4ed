import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { keysInBoth, keysWithout } from './combine-keys.ts'
import { forEachKey, type KeySet, keySetOf } from './key-set.ts'

function keysIn(set: KeySet): number[] {
  const keys: number[] = []
  forEachKey(set, key => keys.push(key))
  return keys
}

describe('two sets of keys', () => {
  it('combine as sets do, and know their size', () => {
    const keys = fc.uniqueArray(fc.nat(200), { maxLength: 150 })
    fc.assert(
      fc.property(keys, keys, (a, b) => {
        const [one, other] = [keySetOf(Uint32Array.from(a)), keySetOf(Uint32Array.from(b))]
        const ascending = a.toSorted((x, y) => x - y)
        const [both, without] = [keysInBoth(one, other), keysWithout(one, other)]
        expect(keysIn(both)).toEqual(ascending.filter(key => b.includes(key)))
        expect(keysIn(without)).toEqual(ascending.filter(key => !b.includes(key)))
        expect([both.size, without.size]).toEqual([keysIn(both).length, keysIn(without).length])
      }),
      { seed: 5 },
    )
  })
})
