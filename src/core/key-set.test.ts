import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { forEachKey, hasKey, keySetOf } from './key-set.ts'

describe('a set of keys', () => {
  it('holds what a Set holds, ascending', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(300), { maxLength: 80 }), keys => {
        const set = keySetOf(Uint32Array.from(keys))
        const visited: number[] = []
        forEachKey(set, key => visited.push(key))
        expect(visited).toEqual([...new Set(keys)].toSorted((a, b) => a - b))
        expect(set.size).toBe(visited.length)
        for (let key = 0; key < 340; key++) expect(hasKey(set, key)).toBe(keys.includes(key))
      }),
      { seed: 2026 },
    )
  })

  it('may be empty', () => {
    const set = keySetOf(new Uint32Array())
    expect(set).toEqual({ words: new Uint32Array(), size: 0 })
    expect(hasKey(set, 0)).toBe(false)
  })
})
