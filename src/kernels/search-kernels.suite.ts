import { describe, expect, it } from 'vitest'
import type { KernelVariant } from './load-search-kernels.ts'
import { createSearchKernels, type SearchKernelsOptions } from './search-kernels.ts'

/** What either variant must compute, in every engine. */
export function describeSearchKernels(variant: KernelVariant): void {
  describe(`search kernels (${variant})`, () => {
    it.each([1, 15, 16, 63, 64, 65, 256, 1000])(
      'scores whole rows of %d values like a plain loop',
      dimension => {
        const rows = Array.from({ length: 5 }, (_, i) => wave(dimension, i + 1))
        const kernels = kernelsWith(variant, rows, { wholeRows: true })
        const query = wave(dimension, 9)
        kernels.setQuery(query)
        const scores = kernels.score(Uint32Array.of(4, 0, 2))
        expect(scores.length).toBe(3)
        for (const [i, slot] of [4, 0, 2].entries())
          expect(scores[i]).toBeCloseTo(plainDot(rows[slot], query), 4)
      },
    )

    it.each([1, 15, 64, 65, 256, 1000])(
      'scores rows of %d values in 16 bits like those it reads',
      dimension => {
        const rows = Array.from({ length: 5 }, (_, i) => wave(dimension, i + 1))
        const kernels = kernelsWith(variant, rows)
        const query = wave(dimension, 9)
        kernels.setQuery(query)
        for (const [slot, row] of rows.entries()) {
          const kept = kernels.read(slot)
          const largest = Math.max(...row.map(Math.abs))
          kept.forEach((value, i) => {
            expect(Math.abs(value - (row[i] ?? Number.NaN))).toBeLessThanOrEqual((1.01 * largest) / 65_024)
          })
          expect(kernels.score(Uint32Array.of(slot))[0]).toBeCloseTo(plainDot(kept, query), 4)
        }
      },
    )

    it('keeps a row that it has read, and written again, as it was', () => {
      const kernels = kernelsWith(variant, [wave(256, 1), wave(256, 2)])
      const kept = kernels.read(0)
      kernels.write(1, kept)
      expect([...kernels.read(1)]).toEqual([...kept])
    })

    it('looks at what a filter has chosen alone', () => {
      const rows = Array.from({ length: 1500 }, (_, i) => wave(16, i / 7))
      const kernels = kernelsWith(variant, rows, { hasSigns: true })
      kernels.setQuery(wave(16, 3))
      const chosen = [0, 63, 64, 700, 1023, 1024, 1499]
      const words = new Uint32Array(Math.ceil(1500 / 32))
      for (const slot of chosen) words[slot >>> 5] = (words[slot >>> 5] ?? 0) | (1 << (slot & 31))
      kernels.setFilter(words)
      kernels.setDead(64, true)
      const expected = chosen.filter(slot => slot !== 64)
      expect(ascending(kernels.scan(1500, 20, true).slots)).toEqual(expected)
      expect(ascending(kernels.scanSigns(1500, 20, true).slots)).toEqual(expected)
      expect(ascending(kernels.scan(700, 20, true).slots)).toEqual([0, 63])
      expect(kernels.scan(1500, 2000).slots.length).toBe(1499)
    })

    it('counts equal signs like a plain loop', () => {
      const rows = Array.from({ length: 40 }, (_, i) => wave(100, i / 3))
      const kernels = kernelsWith(variant, rows, { hasSigns: true })
      const query = wave(100, 2.2)
      kernels.setQuery(query)
      const { slots, similarities } = kernels.scanSigns(40, 40)
      // Padded with zeros up to 128 values, which are alike.
      slots.forEach((slot, i) => expect(similarities[i]).toBe(equalSigns(rows[slot], query) + 28))
      expect(slots.length).toBe(40)
    })

    it('collects what a walk has not linked as well, and nothing twice', () => {
      const rows = Array.from({ length: 300 }, (_, i) => wave(32, i / 7))
      const kernels = kernelsWith(variant, rows, { hasGraph: true })
      for (let slot = 0; slot < 201; slot++) kernels.link(slot)
      kernels.setQuery(wave(32, 3.3))
      const { slots } = kernels.walk(300, { linked: 201, slots: 300 })
      expect(new Set(slots).size).toBe(slots.length)
      expect([...slots].filter(slot => slot >= 201).length).toBe(99)
      expect(slots.length).toBeGreaterThan(285)
      expect(kernels.comparedByWalk()).toBeLessThanOrEqual(201)
    })

    it('stays within the rounding of 7 bits while it scans', () => {
      const rows = Array.from({ length: 200 }, (_, i) => wave(256, i / 7))
      const kernels = kernelsWith(variant, rows)
      const query = wave(256, 3.3)
      kernels.setQuery(query)
      const { slots, similarities } = kernels.scan(200, 200)
      expect([...slots].toSorted((a, b) => a - b)).toEqual(rows.map((_, slot) => slot))
      // Per value at most half a step of either side, times the other side.
      const bound = 256 * (1 / 254 + 1 / 126 + 1 / (254 * 126))
      slots.forEach((slot, i) => {
        expect(Math.abs((similarities[i] ?? Number.NaN) - plainDot(rows[slot], query))).toBeLessThan(bound)
      })
    })

    it('does not overflow at the largest dimension', () => {
      const ones = new Float32Array(4096).fill(1)
      const kernels = kernelsWith(variant, [ones, ones.map(value => -value)])
      kernels.setQuery(ones)
      const { slots, similarities } = kernels.scan(2, 2)
      const bySlot = new Map(Array.from(slots, (slot, i) => [slot, similarities[i]]))
      expect(bySlot.get(0)).toBeCloseTo(4096, 0)
      expect(bySlot.get(1)).toBeCloseTo(-4096, 0)
    })

    it('keeps the best, and says the worst of them', () => {
      const rows = Array.from({ length: 50 }, (_, i) => Float32Array.of((i * 7) % 50, 1))
      const kernels = kernelsWith(variant, rows)
      kernels.setQuery(Float32Array.of(1, 0))
      const { slots, worst } = kernels.scan(50, 5)
      expect([...slots].map(slot => (slot * 7) % 50).toSorted((a, b) => a - b)).toEqual([45, 46, 47, 48, 49])
      expect(worst).toBeCloseTo(45, 0)
    })

    it('leaves the dead out, and back in', () => {
      const kernels = kernelsWith(variant, [Float32Array.of(1), Float32Array.of(2), Float32Array.of(3)])
      kernels.setQuery(Float32Array.of(1))
      kernels.setDead(1, true)
      expect(kernels.scan(3, 3).slots.toSorted()).toEqual(Uint32Array.of(0, 2))
      kernels.setDead(1, false)
      expect(kernels.scan(3, 3).slots.toSorted()).toEqual(Uint32Array.of(0, 1, 2))
    })

    it('keeps the tiniest vectors, and finds nothing near a query of zeros', () => {
      const kernels = kernelsWith(variant, [Float32Array.of(1e-40, 0), Float32Array.of(0, 0)])
      kernels.setQuery(Float32Array.of(1, 1e-44))
      const tiny = kernels.scan(2, 2)
      const bySlot = new Map(Array.from(tiny.slots, (slot, i) => [slot, tiny.similarities[i]]))
      expect(bySlot.get(0)).toBeGreaterThan(0)
      expect(bySlot.get(1)).toBe(0)
      kernels.setQuery(Float32Array.of(0, 0))
      expect([...kernels.scan(2, 2).similarities]).toEqual([0, 0])
    })

    it('says no to more memory than it may have, and goes on', () => {
      const kernels = createSearchKernels({ dimension: 64, hasGraph: true, maximumBytes: 2 ** 20, variant })
      expect(kernels.reserve(1000)).toBe(true)
      expect(kernels.reserve(100_000)).toBe(false)
      kernels.write(999, wave(64, 1))
      expect(kernels.read(999)[5]).toBeCloseTo(wave(64, 1)[5] ?? Number.NaN, 4)
    })
  })
}

function kernelsWith(
  variant: KernelVariant,
  rows: readonly Float32Array[],
  options: Partial<SearchKernelsOptions> = {},
) {
  const dimension = rows[0]?.length ?? 0
  const kernels = createSearchKernels({ dimension, hasGraph: false, variant, ...options })
  expect(kernels.reserve(rows.length)).toBe(true)
  rows.forEach((row, slot) => kernels.write(slot, row))
  return kernels
}

function ascending(slots: Uint32Array): number[] {
  return [...slots].toSorted((a, b) => a - b)
}

/** Values from -1 to 1. */
function wave(dimension: number, frequency: number): Float32Array {
  return Float32Array.from({ length: dimension }, (_, i) => Math.sin(frequency * (i + 1) + i * i))
}

function equalSigns(row: Float32Array | undefined, query: Float32Array): number {
  return query.filter((value, i) => value > 0 === (row?.[i] ?? Number.NaN) > 0).length
}

function plainDot(row: Float32Array | undefined, query: Float32Array): number {
  return query.reduce((sum, value, i) => sum + value * (row?.[i] ?? Number.NaN), 0)
}
