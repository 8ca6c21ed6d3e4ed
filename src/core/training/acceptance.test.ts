import { describe, expect, it } from 'vitest'
import { chanceOf, judge } from './acceptance.ts'
import type { HeldOut } from './cross-validate.ts'
import { createRandom } from './random.ts'

const same = { before: 0.8, after: 0.8 }
const gains = (...values: number[]): HeldOut => ({ before: values.map(() => 0), after: values })
const times = (count: number, value: number) => Array.from({ length: count }, () => value)

/** The share of all 2ⁿ ways to flip the signs that reaches the sum. */
function exactChance(values: readonly number[]): number {
  const seen = values.reduce((sum, value) => sum + value, 0) - 1e-9
  let reached = 0
  for (let flips = 0; flips < 2 ** values.length; flips++) {
    if (values.reduce((sum, value, i) => sum + ((flips >> i) & 1 ? -value : value), 0) >= seen) reached++
  }
  return reached / 2 ** values.length
}

describe('the randomisation test', () => {
  it('agrees with counting all flips', () => {
    const random = createRandom(5)
    for (let trial = 0; trial < 10; trial++) {
      const values = Array.from({ length: 4 + random.below(7) }, () => random.normal() + 0.5)
      expect(Math.abs(chanceOf(gains(...values)) - exactChance(values))).toBeLessThan(0.03)
    }
  })

  it('is certain of nothing when nothing has changed', () => {
    expect(chanceOf(gains(...times(20, 0)))).toBe(1)
  })
})

describe('the verdict', () => {
  it('accepts a gain that is clear and costs nothing', () => {
    expect(judge(gains(...times(20, 0.2)), same)).toBe('accepted')
  })

  it('refuses what nobody would notice', () => {
    expect(judge(gains(...times(200, 0.005)), same)).toBe('no gain')
    expect(judge(gains(...times(20, -0.2)), same)).toBe('no gain')
  })

  it('refuses what may be chance', () => {
    expect(judge(gains(...times(5, 0.5), ...times(4, -0.5)), same)).toBe('too uncertain')
    expect(judge(gains(...times(5, 0.9)), same)).toBe('too uncertain')
  })

  it('refuses what is lost elsewhere', () => {
    expect(judge(gains(...times(20, 0.2)), { before: 0.8, after: 0.78 })).toBe('forgets')
    expect(judge(gains(...times(20, 0.2)), { before: 0.8, after: 0.795 })).toBe('accepted')
  })
})
