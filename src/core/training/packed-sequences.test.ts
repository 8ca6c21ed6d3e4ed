import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createArena } from './arena.ts'
import {
  layOutSequences,
  packSequences,
  placesOf,
  sequenceNumbers,
  sequenceRoom,
} from './packed-sequences.ts'
import type { PackedSequences } from './packed-sequences.ts'

const SEED = 5

function pack(texts: readonly (readonly number[])[], first: number): PackedSequences {
  const room = sequenceRoom(texts.length - first, 9)
  const packed = layOutSequences(createArena(new ArrayBuffer(4 * sequenceNumbers(room))), room)
  // What an earlier batch left.
  packed.offsets.fill(99)
  const offsets = Int32Array.of(0, ...texts.map((_, i) => texts.slice(0, i + 1).flat().length))
  const ids = Int32Array.from(texts.flat())
  const bags = { ids, factors: Float32Array.from(ids, id => id / 2), offsets }
  packSequences(bags, { first, last: texts.length }, packed)
  return packed
}

/** The texts as they stand in the places, by their numbers. */
function unpack(packed: PackedSequences): Map<number, number[]> {
  const [steps = 0, , texts = 0] = packed.sizes
  const { ids, offsets } = placesOf(packed)
  const result = new Map<number, number[]>()
  for (const text of packed.order.subarray(0, texts)) result.set(text, [])
  for (let step = 0; step < steps; step++) {
    for (let row = 0; row < (packed.alive[step] ?? 0); row++) {
      const place = (packed.starts[step] ?? 0) + row
      const pieces = ids.slice(offsets[place], offsets[place + 1])
      result.get(packed.order[row] ?? -1)?.push(...pieces)
    }
  }
  return result
}

const anyTexts = fc.array(fc.array(fc.nat(1000), { maxLength: 9 }), { minLength: 1, maxLength: 12 })

describe('packed sequences', () => {
  it('hold every text of the range, piece by piece in its order', () => {
    fc.assert(
      fc.property(anyTexts, fc.nat(3), (texts, skipped) => {
        const first = Math.min(skipped, texts.length - 1)
        const unpacked = unpack(pack(texts, first))
        expect(unpacked.size).toBe(texts.length - first)
        for (let text = first; text < texts.length; text++) expect(unpacked.get(text)).toEqual(texts[text])
      }),
      { seed: SEED },
    )
  })

  it('hold nothing else, and a multiple of four places in every step', () => {
    fc.assert(
      fc.property(anyTexts, texts => {
        const packed = pack(texts, 0)
        const { count, ids, factors, offsets } = placesOf(packed)
        const pieces = texts.flat()
        expect(offsets[count]).toBe(pieces.length)
        const [steps = 0] = packed.sizes
        for (let step = 0; step <= steps; step++) expect((packed.starts[step] ?? 0) % 4).toBe(0)
        expect(packed.starts[steps]).toBe(count)
        const written = [...ids.subarray(0, pieces.length)]
        expect(new Set(written)).toEqual(new Set(pieces))
        expect([...factors.subarray(0, pieces.length)]).toEqual(written.map(id => id / 2))
      }),
      { seed: SEED },
    )
  })
})
