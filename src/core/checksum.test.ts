import * as fc from 'fast-check'
import { expect, it } from 'vitest'
import { checksum } from './checksum.ts'

const text = (words: string) => new TextEncoder().encode(words)

it.each([
  ['', 0x02cc5d05],
  ['a', 0x550d7456],
  ['abc', 0x32d153ff],
  ['Nobody inspects the spammish repetition', 0xe2293b2f],
])('gives %o the published checksum', (words, expected) => {
  expect(checksum(text(words))).toBe(expected)
})

it('does not depend on where the bytes lie', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 80 }), fc.nat(7), (bytes, shift) => {
      const room = new Uint8Array(bytes.length + shift)
      room.set(bytes, shift)
      expect(checksum(room.subarray(shift))).toBe(checksum(bytes))
    }),
  )
})

it('changes with every bit', () => {
  const bytes = text(
    'one hundred bytes and a few more, so that there are some lanes, some words and a few bytes left',
  )
  const seen = new Set([checksum(bytes)])
  for (let bit = 0; bit < 8 * bytes.length; bit++) {
    seen.add(checksum(bytes.map((byte, i) => (i === bit >> 3 ? byte ^ (1 << (bit & 7)) : byte))))
  }
  expect(seen.size).toBe(8 * bytes.length + 1)
})
