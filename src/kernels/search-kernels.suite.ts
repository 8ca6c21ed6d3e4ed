import { describe, expect, it } from 'vitest'
import type { KernelVariant } from './load-search-kernels.ts'
import { createSearchKernels } from './search-kernels.ts'

/** What either variant must compute, in every engine. */
export function describeSearchKernels(variant: KernelVariant): void {
  describe(`search kernels (${variant})`, () => {
    it.each([1, 15, 16, 63, 64, 65, 256, 1000])('scores rows of %d values like a plain loop', dimension => {
      const rows = Array.from({ length: 5 }, (_, i) => wave(dimension, i + 1))
      const kernels = kernelsWith(variant, rows)
      const query = wave(dimension, 9)
      kernels.setQuery(query)
      const scores = kernels.score(Uint32Array.of(4, 0, 2))
      expect(scores.length).toBe(3)
      for (const [i, slot] of [4, 0, 2].entries())
        expect(scores[i]).toBeCloseTo(plainDot(rows[slot], query), 4)
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

    it('counts vectors too small for codes as zero', () => {
      const kernels = kernelsWith(variant, [Float32Array.of(1e-40, 0), Float32Array.of(0, 0)])
      kernels.setQuery(Float32Array.of(1, 1e-44))
      expect([...kernels.scan(2, 2).similarities]).toEqual([0, 0])
      kernels.setQuery(Float32Array.of(0, 0))
      expect([...kernels.scan(2, 2).similarities]).toEqual([0, 0])
    })

    it('says no to more memory than it may have, and goes on', () => {
      const kernels = createSearchKernels({ dimension: 64, hasGraph: true, maximumBytes: 2 ** 20, variant })
      expect(kernels.reserve(1000)).toBe(true)
      expect(kernels.reserve(100_000)).toBe(false)
      kernels.write(999, wave(64, 1))
      expect([...kernels.read(999)]).toEqual([...wave(64, 1)])
    })
  })
}

function kernelsWith(variant: KernelVariant, rows: readonly Float32Array[]) {
  const kernels = createSearchKernels({ dimension: rows[0]?.length ?? 0, hasGraph: false, variant })
  expect(kernels.reserve(rows.length)).toBe(true)
  rows.forEach((row, slot) => kernels.write(slot, row))
  return kernels
}

/** Values from -1 to 1. */
function wave(dimension: number, frequency: number): Float32Array {
  return Float32Array.from({ length: dimension }, (_, i) => Math.sin(frequency * (i + 1) + i * i))
}

function plainDot(row: Float32Array | undefined, query: Float32Array): number {
  return query.reduce((sum, value, i) => sum + value * (row?.[i] ?? Number.NaN), 0)
}
