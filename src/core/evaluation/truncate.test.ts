import { describe, expect, it } from 'vitest'
import { truncateRows } from './truncate.ts'

describe('truncateRows', () => {
  it('keeps the first numbers of each row and gives it length 1', () => {
    const rows = Float32Array.of(3, 4, 12, 0, 0, 1)
    expect([...truncateRows(rows, 3, 2)]).toEqual([...Float32Array.of(0.6, 0.8, 0, 0)])
    expect([...truncateRows(Float32Array.of(0, 1), 2, 2)]).toEqual([0, 1])
  })

  it.each([0, 4, 1.5, Number.NaN])('refuses %s of 3 dimensions', kept => {
    expect(() => truncateRows(new Float32Array(3), 3, kept)).toThrow('from 1 to 3, got')
  })
})
