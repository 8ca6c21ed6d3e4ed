import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { decodeUtf8, encodeUtf8 } from './utf8.ts'

describe('text as bytes', () => {
  it('is the UTF-8 of every whole text', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 200 }), text => {
        expect(encodeUtf8(text)).toEqual(new TextEncoder().encode(text))
      }),
      { seed: 1 },
    )
  })

  it('comes back as it was, also with half a letter in it', () => {
    const units = fc.array(fc.oneof(fc.nat(0xffff), fc.integer({ min: 0xd7ff, max: 0xe000 })), {
      maxLength: 200,
    })
    fc.assert(
      fc.property(units, units => {
        const text = String.fromCharCode(...units)
        expect(decodeUtf8(encodeUtf8(text))).toBe(text)
      }),
      { seed: 2 },
    )
  })

  it('comes back when it is longer than what is put together at a time', () => {
    const text = 'a😀é'.repeat(10_000)
    expect(decodeUtf8(encodeUtf8(text))).toBe(text)
  })

  it('throws a sentence, or reads what the browser reads, for any bytes', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 12 }), bytes => {
        let text: string
        try {
          text = decodeUtf8(bytes)
        } catch (error) {
          expect(String(error)).toMatch(/^Error: expected UTF-8, got/)
          return
        }
        if (text.isWellFormed())
          expect(new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes)).toBe(text)
      }),
      { seed: 3, numRuns: 3000 },
    )
  })

  it.each([
    ['a byte that begins nothing', [0x80]],
    ['a letter in more bytes than it needs', [0xc0, 0x80]],
    ['a letter that is cut off', [0xe2, 0x82]],
    ['a letter that does not exist', [0xf5, 0x80, 0x80, 0x80]],
  ])('is refused with %s', (_, bytes) => {
    expect(() => decodeUtf8(Uint8Array.from(bytes))).toThrow('expected UTF-8')
  })
})
