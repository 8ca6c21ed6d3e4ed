import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { overlapPassages } from './overlap-passages.ts'
import { countWords } from './pieces.ts'
import { splitIntoPassages } from './split-into-passages.ts'

const LIMITS = { target: 20, most: 30, units: 400, tiny: 4 }

describe('overlapPassages', () => {
  it('repeats the last sentences of the passage before, as far as they fit', () => {
    const text = 'One two three. Four five. Six seven. Eight nine.'
    const at = text.indexOf('Eight')
    const passages = [
      { start: 0, end: at - 1, trail: [] },
      { start: at, end: text.length, trail: [] },
    ]
    const shown = (most: number) =>
      overlapPassages(text, passages, most, countWords).map(({ start, end }) => text.slice(start, end))
    expect(shown(4)).toEqual(['One two three. Four five. Six seven.', 'Four five. Six seven. Eight nine.'])
    expect(shown(3)[1]).toBe('Six seven. Eight nine.')
    // No sentence is so short.
    expect(shown(1)[1]).toBe('seven. Eight nine.')
  })

  it('repeats nothing across a heading', () => {
    const passages = [
      { start: 0, end: 4, trail: ['A'] },
      { start: 5, end: 9, trail: ['B'] },
    ]
    expect(overlapPassages('One. Two.', passages, 9, countWords)).toEqual(passages)
  })

  it('only moves beginnings, within the passage before and the measure', () => {
    const anyText = fc.string({
      unit: fc.constantFrom('a', 'b', ' ', ' ', '. ', '\n\n', '面'),
      maxLength: 900,
    })
    fc.assert(
      fc.property(anyText, fc.integer({ min: 1, max: 8 }), (text, most) => {
        const passages = splitIntoPassages({ title: '', text, headings: [] }, LIMITS)
        const overlapping = overlapPassages(text, passages, most, countWords)
        expect(overlapping.map(({ end }) => end)).toEqual(passages.map(({ end }) => end))
        overlapping.forEach(({ start }, i) => {
          const [own, before] = [passages[i], passages[i - 1]]
          if (own === undefined) return
          expect(start).toBeLessThanOrEqual(own.start)
          if (before === undefined || start === own.start) return
          expect(start).toBeGreaterThan(before.start)
          expect(countWords(text, start, before.end)).toBeLessThanOrEqual(most)
        })
      }),
      { seed: 3 },
    )
  })
})
