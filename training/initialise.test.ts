import { describe, expect, it } from 'vitest'
import { startFromVectors } from './initialise.ts'

const DIMENSION = 4

describe('starting from word vectors', () => {
  const rows = Float32Array.of(3, 1, 1, 1, 1, 3, 1, 1, 9, 9, 9, 9, 1, 1, 1, 3)
  const counts = Float64Array.of(10, 500, 9, 10)
  const table = new Float32Array(16).fill(0.5)
  startFromVectors(table, { rows, counts }, DIMENSION)
  const row = (id: number): Float32Array => table.subarray(id * DIMENSION, (id + 1) * DIMENSION)
  const dot = (a: number, b: number): number =>
    row(a).reduce((sum, value, d) => sum + value * (row(b)[d] ?? 0), 0)

  it('leaves the rows of rare pieces alone', () => {
    expect([...row(2)]).toEqual([0.5, 0.5, 0.5, 0.5])
  })

  it('takes off what all have in common', () => {
    for (let d = 0; d < DIMENSION; d++) {
      expect((row(0)[d] ?? 0) + (row(1)[d] ?? 0) + (row(3)[d] ?? 0)).toBeCloseTo(0)
    }
    expect(dot(0, 1)).toBeLessThan(0)
  })

  it('gives all the length that random rows have', () => {
    for (const id of [0, 1, 3]) expect(Math.sqrt(dot(id, id))).toBeCloseTo(0.1)
  })
})
