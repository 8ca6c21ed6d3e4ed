import { describe, expect, it } from 'vitest'
import { buildSegment } from './build-segment.ts'
import { livingKeysOf } from './live-segment.ts'
import { createSegmentTiers, type SegmentTiers } from './segment-tiers.ts'

const segmentOf = (keys: readonly number[]) =>
  buildSegment(new Map(keys.map(key => [key, `bell word${key % 97}`])))
const keysIn = (tiers: SegmentTiers) =>
  tiers
    .all()
    .flatMap(live => [...livingKeysOf(live)])
    .toSorted((a, b) => a - b)
const manyWords = (key: number) =>
  Array.from({ length: 60 }, (_, i) => `w${(key * 31 + i * 17) % 5000}`).join(' ')
const upTo = (count: number) => Array.from({ length: count }, (_, key) => key)

describe('segment tiers', () => {
  it('keep all documents in few segments while they come one by one', () => {
    const tiers = createSegmentTiers()
    for (const key of upTo(2000)) tiers.add(segmentOf([key]))
    expect(keysIn(tiers)).toEqual(upTo(2000))
    // Three of each size at most: 1, 4, 16, 64, 256, 1024.
    expect(tiers.all().length).toBeLessThanOrEqual(18)
  })

  it('write a segment again without its dead, and forget one of nothing else', () => {
    const tiers = createSegmentTiers()
    tiers.add(segmentOf(upTo(300)))
    tiers.remove(Uint32Array.from(upTo(150)))
    expect(keysIn(tiers)).toEqual(upTo(300).slice(150))
    expect(tiers.all().map(({ segment }) => segment.keys.length)).toEqual([150])
    tiers.remove(Uint32Array.from(upTo(300)))
    expect(tiers.all()).toEqual([])
  })

  it('lose nothing that is removed or replaced while a long merge goes on', () => {
    const tiers = createSegmentTiers()
    const present = new Set<number>()
    for (let round = 0; round < 20; round++) {
      const added = upTo(256).map(i => round * 200 + i)
      const segment = buildSegment(new Map(added.map(key => [key, manyWords(key)])))
      tiers.remove(segment.keys)
      tiers.add(segment)
      for (const key of added) present.add(key)
      const removed = Uint32Array.from(upTo(30), i => (round * 977 + i * 53) % 4000)
      tiers.remove(removed)
      for (const key of removed) present.delete(key)
      expect(keysIn(tiers)).toEqual([...present].toSorted((a, b) => a - b))
    }
  })
})
