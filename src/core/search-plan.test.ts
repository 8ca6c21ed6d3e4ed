import { describe, expect, it } from 'vitest'
import { choosePath, nextBoost, scanThreshold, walkBreadth, wantsGraph, wantsLinks } from './search-plan.ts'

/** A library beyond the threshold whose graph is complete, and has found all that there was. */
const LINKED = {
  selected: 50_000,
  living: 50_000,
  size: 50_000,
  linked: 50_000,
  threshold: 20_000,
  recalls: Array<number>(8).fill(1),
}

describe('the choice between scan and graph', () => {
  it('is the scan up to the threshold, and the graph beyond', () => {
    expect(choosePath(LINKED)).toBe('graph')
    expect(choosePath({ ...LINKED, threshold: 80_000 })).toBe('scan')
  })

  it('is the scan until nearly everything is in the graph', () => {
    expect(choosePath({ ...LINKED, linked: 0 })).toBe('scan')
    expect(choosePath({ ...LINKED, linked: 44_999 })).toBe('scan')
    expect(choosePath({ ...LINKED, linked: 45_000 })).toBe('graph')
  })

  it('is the scan behind a filter that leaves few, or a small share', () => {
    expect(choosePath({ ...LINKED, selected: 500 })).toBe('scan')
    expect(choosePath({ ...LINKED, selected: 40_000 })).toBe('graph')
    expect(choosePath({ ...LINKED, living: 200_000, selected: 40_000 })).toBe('scan')
  })

  it('is the scan where walking takes longer', () => {
    expect(choosePath({ ...LINKED, walkTime: 3, scanTime: 4 })).toBe('graph')
    expect(choosePath({ ...LINKED, walkTime: 5, scanTime: 4 })).toBe('scan')
  })

  it('is the scan until enough walks have found nearly all', () => {
    expect(choosePath({ ...LINKED, recalls: [] })).toBe('scan')
    expect(choosePath({ ...LINKED, recalls: LINKED.recalls.slice(1) })).toBe('scan')
    expect(choosePath({ ...LINKED, recalls: LINKED.recalls.map(() => 0.97) })).toBe('scan')
    expect(choosePath({ ...LINKED, recalls: LINKED.recalls.map(() => 0.98) })).toBe('graph')
  })

  it('is the graph, whatever it finds, where a scan would keep somebody waiting', () => {
    expect(choosePath({ ...LINKED, recalls: [], scanTime: 39 })).toBe('scan')
    expect(choosePath({ ...LINKED, recalls: [], scanTime: 41 })).toBe('graph')
    expect(choosePath({ ...LINKED, recalls: [], scanTime: 41, linked: 0 })).toBe('scan')
  })

  it('keeps to the graph when a few are removed at the threshold', () => {
    expect(choosePath({ ...LINKED, selected: 19_000, living: 19_000 })).toBe('graph')
  })
})

describe('the graph', () => {
  it('is wanted beyond the threshold, and kept a little below', () => {
    expect(wantsGraph({ ...LINKED, linked: 0 })).toBe(true)
    expect(wantsGraph({ ...LINKED, linked: 0, living: 20_000 })).toBe(false)
    expect(wantsGraph({ ...LINKED, living: 17_000 })).toBe(true)
    expect(wantsGraph({ ...LINKED, living: 15_000 })).toBe(false)
  })

  it('wants links until everything is in', () => {
    expect(wantsLinks(LINKED)).toBe(false)
    expect(wantsLinks({ ...LINKED, linked: 49_999 })).toBe(true)
    expect(wantsLinks({ ...LINKED, linked: 0, living: 10 })).toBe(false)
  })
})

describe('the threshold', () => {
  it('is what a device scans within the budget, and never tiny', () => {
    expect(scanThreshold(10, 4)).toBe(400_000)
    expect(scanThreshold(100, 4)).toBe(40_000)
    expect(scanThreshold(1e6, 4)).toBe(5_000)
  })
})

describe('the breadth of a walk', () => {
  it('grows with what is wanted', () => {
    expect(walkBreadth(10, 1)).toBe(160)
    expect(walkBreadth(100, 1)).toBe(300)
    expect(walkBreadth(100, 1.5)).toBe(450)
  })

  it('is widened when enough walks found too little', () => {
    const poor = Array.from({ length: 8 }, () => 0.9)
    expect(nextBoost(1, poor)).toBe(1.5)
    expect(nextBoost(1, poor.slice(1))).toBe(1)
    expect(
      nextBoost(
        1,
        poor.map(() => 0.99),
      ),
    ).toBe(1)
  })

  it('is not widened for ever', () => {
    let boost = 1
    for (let round = 0; round < 100; round++) boost = nextBoost(boost, [0, 0, 0, 0, 0, 0, 0, 0])
    expect(boost).toBeLessThan(16)
  })
})
