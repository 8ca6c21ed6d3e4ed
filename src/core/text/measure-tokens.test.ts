import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { DEFAULT_PASSAGES, PASSAGE_OVERLAPS, PASSAGE_SIZES } from '../passage-settings.ts'
import { measureInTokens, runsOf, tokenLimits } from './measure-tokens.ts'
import { splitIntoPassages } from './split-into-passages.ts'

/** A model that makes a token of every three letters. */
const countOf = (word: string) => Math.ceil(word.length / 3)
const measureOf = (text: string) => {
  const runs = runsOf(text)
  return measureInTokens(text, runs, Uint32Array.from(runs.words, countOf))
}

describe('a text measured in tokens', () => {
  it('is as long as its words are', () => {
    const text = 'A paper bag, at room temperature.\n\nNot in the fridge.'
    const words = text.split(/\s+/)
    expect(measureOf(text)(text, 0, text.length)).toBe(words.reduce((sum, word) => sum + countOf(word), 0))
    expect(measureOf(text)(text, 2, 11)).toBe(countOf('paper') + countOf('bag,') * (3 / 4))
  })

  it('adds up, wherever it is cut', () => {
    const anyText = fc.string({ unit: fc.constantFrom('a', 'b', ' ', '\n', '面', '😀'), maxLength: 80 })
    fc.assert(
      fc.property(anyText, fc.nat(80), (text, cut) => {
        const measure = measureOf(text)
        const at = Math.min(cut, text.length)
        const [left, right] = [measure(text, 0, at), measure(text, at, text.length)]
        expect(left).toBeGreaterThanOrEqual(0)
        expect(left + right).toBeCloseTo(measure(text, 0, text.length), 6)
      }),
    )
  })

  it('counts characters of scripts without spaces one by one, and endless words by their length', () => {
    expect(measureOf('灯台の光')('灯台の光', 0, 4)).toBe(4)
    const endless = 'x'.repeat(3000)
    expect(measureOf(endless)(endless, 0, 3000)).toBe(1000)
  })

  it('asks about each word once', () => {
    expect(runsOf('the bell and the rope and the bell').words).toEqual(['the', 'bell', 'and', 'rope'])
  })
})

describe('passages cut by tokens', () => {
  const limits = tokenLimits(384)

  it('leave room for what stands in front of them, and never hold more', () => {
    expect(limits).toEqual({ target: 160, most: 256, units: 2048, tiny: 32, overlap: 0 })
    expect(tokenLimits(128).most).toBe(85)
    const sentence = 'Grundstücksverkehrsgenehmigungszuständigkeitsübertragungsverordnungen gelten. '
    for (const text of [sentence.repeat(200), '灯台の光が見える。'.repeat(400), 'ab '.repeat(5000)]) {
      const measure = measureOf(text)
      const passages = splitIntoPassages({ title: '', text, headings: [] }, limits, measure)
      const sizes = passages.map(({ start, end }) => measure(text, start, end))
      expect(Math.max(...sizes)).toBeLessThanOrEqual(limits.most)
      expect(Math.min(...sizes.slice(0, -1))).toBeGreaterThan(limits.target / 2)
    }
  })
})

describe('tokenLimits', () => {
  it('keep a passage and its overlap within what the tower reads', () => {
    for (const size of PASSAGE_SIZES) {
      for (const overlap of PASSAGE_OVERLAPS) {
        for (const maxTokens of [64, 128, 384, 512, 8192]) {
          const limits = tokenLimits(maxTokens, { size, overlap, trail: true })
          expect(limits.most + limits.overlap).toBeLessThan(maxTokens)
          expect(limits.overlap).toBeLessThan(limits.target)
        }
      }
    }
    const most = PASSAGE_SIZES.map(size => tokenLimits(384, { ...DEFAULT_PASSAGES, size }).most)
    expect(most).toEqual([102, 256, 336])
  })
})
