import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { keySetOf } from '../key-set.ts'
import { buildSegment } from './build-segment.ts'
import { createLiveSegment } from './live-segment.ts'
import { matchWords } from './match-words.ts'
import { mergeSegments } from './merge-segments.ts'
import { nextBlock, openCursor } from './posting-cursor.ts'
import type { Segment } from './segment.ts'
import { bytesOfSegment, segmentOf } from './segment-bytes.ts'
import { createVocabulary } from './segment-vocabulary.ts'
import { selectPhrases } from './select-phrases.ts'

const WORDS = ['bell', 'tower', 'the', 'moss', 'owl', 'glocke', 'und', 'die', '鐘樓', 'of', 'belfry']
const text = fc.array(fc.constantFrom(...WORDS), { maxLength: 9 }).map(words => words.join(' '))
const texts = fc.uniqueArray(fc.tuple(fc.nat(600), text), { selector: ([key]) => key, maxLength: 40 })

/** Terms of several blocks, rare terms, and one that occurs very often in some documents. */
const sample = buildSegment(
  new Map(
    Array.from({ length: 400 }, (_, key): [number, string] => [
      key * 3,
      `bell ${'tower '.repeat(key % 90 === 0 ? 300 : key % 3)} word${key % 40} 鐘樓`,
    ]),
  ),
)

describe('bytes of a segment', () => {
  it('are the segment', () => {
    fc.assert(
      fc.property(texts, all => {
        const segment = buildSegment(new Map(all))
        expect(segmentOf(bytesOfSegment(segment))).toEqual(segment)
      }),
      { seed: 21, numRuns: 100 },
    )
    expect(segmentOf(bytesOfSegment(sample))).toEqual(sample)
  })

  it('are read where they lie', () => {
    const bytes = bytesOfSegment(sample)
    expect(segmentOf(bytes).postings.buffer).toBe(bytes.buffer)
  })

  it('are refused with any other number in the header', () => {
    const bytes = bytesOfSegment(sample)
    const sizes = new Uint32Array(bytes.buffer, 0, 6)
    sizes.forEach((size, i) => {
      for (const wrong of [0, size - 1, size + 1, 2 * size, 2 ** 31, 2 ** 32 - 1]) {
        sizes[i] = wrong
        expect(() => segmentOf(bytes), `${wrong} for ${size}`).toThrow(/^expected \d+ bytes of words/)
      }
      sizes[i] = size
    })
    expect(segmentOf(bytes)).toEqual(sample)
  })

  it.each<[string, (damaged: Segment) => void]>([
    ['expected ascending keys', ({ keys }) => keys.set([3], 7)],
    ['expected languages from 0', ({ languages }) => languages.fill(7, 9, 10)],
    ['expected ends of letters that go up', ({ letterEnds }) => letterEnds.set([0], 1)],
    ['expected ends of letters that go up by 64', ({ letterEnds }) => letterEnds.fill(90, 0, 20)],
    [
      'expected ends of letters up to',
      ({ letterEnds: ends }) => ends.set([(ends.at(-1) ?? 0) - 1], ends.length - 1),
    ],
    ['expected the first block to be 0', ({ firstBlocks }) => firstBlocks.set([1], 0)],
    ['expected ends of blocks up to', ({ firstBlocks }) => firstBlocks.set([99], firstBlocks.length - 1)],
    ['expected postings for', ({ firstBlocks }) => firstBlocks.set([2], 1)],
    ['expected postings for', ({ frequencies }) => frequencies.set([401], 0)],
    ['expected postings for', ({ frequencies }) => frequencies.set([0], 0)],
    ['expected a document from', ({ lastDocs }) => lastDocs.set([400], lastDocs.length - 1)],
    ['expected a document from', ({ lastDocs }) => lastDocs.set([lastDocs[0] ?? 0], 1)],
    ['expected ends of postings that go up', ({ postingEnds }) => postingEnds.set([2 ** 31], 0)],
    ['expected ends of postings up to', ({ postingEnds }) => postingEnds.fill(0)],
    ['expected ends of positions that go up', ({ positionEnds }) => positionEnds.set([2 ** 31], 2)],
    ['expected ends of positions up to', ({ positionEnds }) => positionEnds.fill(9)],
  ])('are refused: %s', (message, damage) => {
    const bytes = bytesOfSegment(sample)
    // Its arrays lie in the bytes.
    damage(segmentOf(bytes))
    expect(() => segmentOf(bytes)).toThrow(message)
  })

  it('are refused or read to the end, whatever is in them', () => {
    const whole = bytesOfSegment(sample)
    const { byteOffset: postings } = segmentOf(whole).postings
    const damage = (first: number, most: number) =>
      fc.tuple(fc.integer({ min: first, max: whole.length - 1 }), fc.nat(most), fc.nat(255))
    const damages = fc.oneof(
      fc.array(damage(0, 1), { minLength: 1, maxLength: 3 }),
      fc.array(damage(postings, 300), { minLength: 1, maxLength: 9 }),
      fc.array(damage(postings, 1), { minLength: 1, maxLength: 200 }),
    )
    let read = 0
    fc.assert(
      fc.property(damages, places => {
        const bytes = whole.slice()
        for (const [place, count, value] of places) bytes.fill(value, place, place + count)
        const segment = readOf(bytes)
        if (segment === undefined) return
        read++
        askEverything(segment)
      }),
      { seed: 22, numRuns: 150 },
    )
    expect(read).toBeGreaterThan(50)
  })
})

function readOf(bytes: Uint8Array<ArrayBuffer>): Segment | undefined {
  try {
    return segmentOf(bytes)
  } catch (error) {
    expect((error as Error).message).toMatch(/^expected .* got /)
    return undefined
  }
}

/** Reads every posting and every position, alone and beside an undamaged segment. */
function askEverything(damaged: Segment): void {
  const other = buildSegment(new Map([[1, 'bell tower word7 鐘樓']]))
  const lives = [createLiveSegment(damaged), createLiveSegment(other)]
  const vocabulary = createVocabulary(() => lives)
  const within = keySetOf(Uint32Array.from({ length: 1300 }, (_, key) => key))
  for (const query of ['bell tower word7', 'word', 'twoer']) {
    matchWords({ text: query, limit: 9, also: sample.keys, typing: true, corrected: true }, lives, vocabulary)
    matchWords({ text: query, limit: 9, within }, lives, vocabulary)
  }
  for (const phrase of ['bell tower', 'tower word5', '鐘樓', 'tower tower tower']) {
    selectPhrases({ phrases: [phrase], without: ['word9 鐘'] }, within, lives, vocabulary)
  }
  for (let term = 0; term < damaged.frequencies.length; term++) {
    const cursor = openCursor(damaged, term)
    while (nextBlock(cursor)) expect(cursor.count).toBeLessThanOrEqual(cursor.docs.length)
  }
  const steps = mergeSegments(lives)
  while (steps.next().done !== true);
}
