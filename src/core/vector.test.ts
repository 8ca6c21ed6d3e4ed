import { describe, expect, it } from 'vitest'
import { dotProduct, normalised } from './vector.ts'

describe('normalised', () => {
  it('gives a vector the length 1 and keeps its direction', () => {
    const vector = Float32Array.of(3, 0, -4)
    const unit = normalised(vector)
    expect(dotProduct(unit, unit)).toBeCloseTo(1, 6)
    expect([...unit]).toEqual([...Float32Array.of(0.6, 0, -0.8)])
    expect([...vector]).toEqual([3, 0, -4])
  })

  it('leaves a zero vector as it is', () => {
    expect([...normalised(new Float32Array(2))]).toEqual([0, 0])
  })
})
