import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { buildSegment } from './build-segment.ts'
import { bury, createLiveSegment, type LiveSegment } from './live-segment.ts'
import { type MergedSegment, mergeSegments } from './merge-segments.ts'

const WORDS = ['bell', 'tower', 'the', 'moss', 'owl', 'glocke', 'und', 'die', '鐘樓', 'of']
const text = fc.array(fc.constantFrom(...WORDS), { maxLength: 9 }).map(words => words.join(' '))
const texts = fc.uniqueArray(fc.tuple(fc.nat(600), text), { selector: ([key]) => key, maxLength: 60 })

function merged(lives: readonly LiveSegment[]): MergedSegment {
  const steps = mergeSegments(lives)
  for (;;) {
    const step = steps.next()
    if (step.done === true) return step.value
  }
}

describe('mergeSegments', () => {
  it('writes what would have been written at once, without the dead', () => {
    fc.assert(
      fc.property(texts, fc.integer({ min: 1, max: 4 }), fc.nat(5), (all, parts, mercy) => {
        const lives = Array.from({ length: parts }, (_, part) =>
          createLiveSegment(buildSegment(new Map(all.filter((_, i) => i % parts === part)))),
        )
        const [dead, living] = [all.filter((_, i) => i % 6 > mercy), all.filter((_, i) => i % 6 <= mercy)]
        for (const [key] of dead) lives.some(live => bury(live, key))
        expect(merged(lives).segment).toEqual(buildSegment(new Map(living)))
      }),
      { seed: 11, numRuns: 200 },
    )
  })

  it('writes long lists as they would have been written at once', () => {
    const all = Array.from({ length: 3000 }, (_, key): [number, string] => {
      return [key * 7, `bell ${'tower '.repeat(key % 250 === 0 ? 300 : key % 3)} word${key % 40}`]
    })
    const parts = [all.slice(0, 1000), all.slice(1000, 1010), all.slice(1010)]
    const lives = parts.map(part => createLiveSegment(buildSegment(new Map(part))))
    expect(merged(lives).segment).toEqual(buildSegment(new Map(all)))
  })

  it('tells where each document went', () => {
    const lives = [
      [1, 5],
      [3, 9],
    ].map(keys => createLiveSegment(buildSegment(new Map(keys.map(key => [key, 'bell'])))))
    for (const live of lives) bury(live, 5)
    expect(merged(lives).places.map(places => [...places])).toEqual([
      [0, -1],
      [1, 2],
    ])
  })
})
