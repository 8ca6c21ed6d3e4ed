import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type Candidates, fuse, lexicalConfidence } from './fuse.ts'

function candidates(...rows: [key: number, dense: number, lexical: number][]): Candidates {
  return {
    keys: Uint32Array.from(rows, row => row[0]),
    dense: Float32Array.from(rows, row => row[1]),
    lexical: Float32Array.from(rows, row => row[2]),
  }
}

describe('fuse', () => {
  it('weighs normalised scores', () => {
    const fused = fuse(candidates([1, 0.2, 8], [2, 0.6, 0], [3, 0.4, 4]), 0.25)
    expect([...fused.keys]).toEqual([1, 3, 2])
    expect([...fused.fused]).toEqual([0.75, expect.closeTo(0.5, 6), 0.25])
    expect([...fused.lexical]).toEqual([8, 4, 0])
    expect([...fused.dense]).toEqual([...Float32Array.of(0.2, 0.4, 0.6)])
  })

  it('lets meaning decide alone where no candidate shares a word', () => {
    const fused = fuse(candidates([1, 0.2, 0], [2, 0.6, 0]), 0.4)
    expect([...fused.keys]).toEqual([2, 1])
    expect([...fused.fused]).toEqual([expect.closeTo(0.4, 6), 0])
  })

  it('lets words decide alone where all candidates are equally near', () => {
    const fused = fuse(candidates([1, 0.5, 1], [2, 0.5, 3]), 0.4)
    expect([...fused.keys]).toEqual([2, 1])
    expect([...fused.fused]).toEqual([1, expect.closeTo(0.4, 6)])
  })

  it('gives a single candidate the weight of the sides on which it scores', () => {
    expect([...fuse(candidates([1, 0.5, 0]), 0.25).fused]).toEqual([0.25])
    expect([...fuse(candidates([1, 0.5, 2]), 0.25).fused]).toEqual([1])
    expect([...fuse(candidates([1, -0.5, 2]), 0.25).fused]).toEqual([0.75])
  })

  it('gives ties to the smaller key', () => {
    const fused = fuse(candidates([9, 0.5, 1], [4, 0.5, 1], [7, 0.5, 1]), 0.4)
    expect([...fused.keys]).toEqual([4, 7, 9])
  })

  it('answers nothing with nothing', () => {
    expect(fuse(candidates(), 0.4).keys.length).toBe(0)
  })

  it('follows one side alone at either end of the weight', () => {
    const all = candidates([1, 0.1, 3], [2, 0.3, 2], [3, 0.2, 1])
    expect([...fuse(all, 1).keys]).toEqual([2, 3, 1])
    expect([...fuse(all, 0).keys]).toEqual([1, 2, 3])
  })

  it('does not depend on the order of the candidates', () => {
    const row = fc.tuple(fc.nat(1000), fc.float({ min: -1, max: 1 }), fc.float({ min: 0, max: 30 }))
    const rows = fc.uniqueArray(row, { selector: ([key]) => key, maxLength: 30 })
    fc.assert(
      fc.property(rows, fc.double({ min: 0, max: 1, noNaN: true }), (rows, weight) => {
        const finite = rows.filter(row => row.every(Number.isFinite))
        expect(fuse(candidates(...finite), weight)).toEqual(
          fuse(candidates(...finite.toSorted(([a], [b]) => a - b)), weight),
        )
      }),
      { seed: 5 },
    )
  })

  it('refuses arrays of different lengths and a weight outside 0 to 1', () => {
    const uneven = { ...candidates([1, 0.5, 1]), lexical: new Float32Array(2) }
    expect(() => fuse(uneven, 0.4)).toThrow('expected two scores for each of 1 keys')
    expect(() => fuse(candidates(), 1.5)).toThrow('expected a weight from 0 to 1, got 1.5')
    expect(() => fuse(candidates(), Number.NaN)).toThrow('expected a weight')
  })
})

describe('lexicalConfidence', () => {
  it('is whole when the best passage has most of a short query', () => {
    expect(lexicalConfidence(1, 3)).toBe(1)
    expect(lexicalConfidence(0.6, 3)).toBe(1)
  })

  it('falls fast when it has but one word of several', () => {
    expect(lexicalConfidence(0.3, 3)).toBeCloseTo(0.25, 6)
    expect(lexicalConfidence(0, 3)).toBe(0)
  })

  it('asks for a smaller share of a long query', () => {
    expect(lexicalConfidence(0.2, 12)).toBe(1)
    expect(lexicalConfidence(0.1, 12)).toBeCloseTo(0.25, 6)
  })

  it('lets meaning win over an accidental word', () => {
    const found = candidates([1, 0.5, 0], [2, 0.1, 3])
    expect([...fuse(found, 0.4, lexicalConfidence(0.25, 3)).keys]).toEqual([1, 2])
    expect([...fuse(found, 0.4, lexicalConfidence(1, 3)).keys]).toEqual([2, 1])
  })
})
