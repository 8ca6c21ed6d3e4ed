import { describe, expect, it } from 'vitest'
import { numberFlag, numbersFlag } from './number-flags.ts'

const whole = { least: 1, most: 256, whole: true }

describe('numbers of flags', () => {
  it('are read alone and in lists', () => {
    expect(numberFlag('weight', '0.25', { least: 0, most: 1 })).toBe(0.25)
    expect(numbersFlag('dimensions', '64,128', whole)).toEqual([64, 128])
    expect(numbersFlag('dimensions', undefined, whole)).toEqual([])
  })

  it.each(['', '64,', '512', '0', '1.5', 'many'])('%j is refused with the name of the flag', value => {
    expect(() => numbersFlag('dimensions', value, whole)).toThrow(
      'expected a whole number from 1 to 256 for --dimensions, got',
    )
  })
})
