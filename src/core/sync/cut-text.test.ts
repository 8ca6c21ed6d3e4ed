import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { beginningOf, piecesOf, utf8Length } from './cut-text.ts'

const text = fc.string({ unit: 'binary', maxLength: 60 })
const bytes = fc.integer({ min: 4, max: 40 })

describe('a text', () => {
  it('has as many bytes as UTF-8 says', () => {
    fc.assert(
      fc.property(text, whole => {
        expect(utf8Length(whole)).toBe(Buffer.byteLength(whole))
      }),
      { seed: 6 },
    )
  })

  it('is cut into the longest pieces that fit, between letters', () => {
    fc.assert(
      fc.property(text, bytes, (whole, most) => {
        const pieces = piecesOf(whole, most)
        expect(pieces.join('')).toBe(whole)
        expect(beginningOf(whole, most)).toBe(pieces[0])
        for (const [i, piece] of pieces.entries()) {
          expect(Buffer.byteLength(piece)).toBeLessThanOrEqual(most)
          expect(Buffer.from(piece).toString()).toBe(piece)
          const [next = ''] = pieces[i + 1] ?? ''
          if (next !== '') expect(Buffer.byteLength(piece + next)).toBeGreaterThan(most)
        }
      }),
      { seed: 6 },
    )
  })

  it('that is empty is one empty piece', () => {
    expect(piecesOf('', 10)).toEqual([''])
  })
})
