import { describe, expect, it } from 'vitest'
import { answerStrength, strengthOf } from './strength.ts'

const thresholds = { strong: 0.6, fair: 0.4 }

describe('strengthOf', () => {
  it.each([
    [0.6, 0, 'strong'],
    [0.59, 0, 'fair'],
    [0.4, 0.79, 'fair'],
    [0.4, 0.8, 'strong'],
    [0.39, 1, 'fair'],
    [0.39, 0.5, 'fair'],
    [0.39, 0.49, 'weak'],
    [-1, 0, 'weak'],
  ] as const)('calls cosine %d with coverage %d %s', (cosine, coverage, strength) => {
    expect(strengthOf({ cosine, coverage }, thresholds)).toBe(strength)
  })
})

describe('answerStrength', () => {
  it('is that of the strongest hit', () => {
    const weak = { cosine: 0.1, coverage: 0.1 }
    const fair = { cosine: 0.5, coverage: 0 }
    expect(answerStrength([weak, fair, { cosine: 0.7, coverage: 0 }], thresholds)).toBe('strong')
    expect(answerStrength([weak, fair], thresholds)).toBe('fair')
    expect(answerStrength([weak], thresholds)).toBe('weak')
  })

  it('is none when nothing is near and no word is shared, or nothing was found', () => {
    expect(answerStrength([{ cosine: 0.39, coverage: 0 }], thresholds)).toBe('none')
    expect(answerStrength([], thresholds)).toBe('none')
  })
})
