import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { segmentsOf } from './text-segments.ts'

const span = fc
  .tuple(fc.integer({ min: -5, max: 40 }), fc.integer({ min: 0, max: 15 }))
  .map(([start, length]) => ({ start, end: start + length }))

describe('text segments', () => {
  it('cut where a mark begins or ends', () => {
    const segments = segmentsOf(
      { start: 0, end: 10 },
      { word: [{ start: 2, end: 4 }], sentence: [{ start: 0, end: 6 }] },
    )
    expect(segments.map(({ start, end, marks }) => [start, end, [...marks]])).toEqual([
      [0, 2, ['sentence']],
      [2, 4, ['word', 'sentence']],
      [4, 6, ['sentence']],
      [6, 10, []],
    ])
  })

  it('cover the range once and mark each character as its spans do', () => {
    fc.assert(
      fc.property(span, fc.array(span), fc.array(span), (range, word, sentence) => {
        fc.pre(range.end > range.start)
        const segments = segmentsOf(range, { word, sentence })
        const covers = (spans: typeof word, i: number) => spans.some(s => s.start <= i && i < s.end)
        let next = range.start
        for (const { start, end, marks } of segments) {
          expect(start).toBe(next)
          for (let i = start; i < end; i++) {
            expect([marks.has('word'), marks.has('sentence')]).toEqual([covers(word, i), covers(sentence, i)])
          }
          next = end
        }
        expect(next).toBe(range.end)
      }),
      { seed: 4 },
    )
  })
})
