import { expect, it } from 'vitest'
import { mergeRows } from './merge-rows.ts'

it('takes the mean of the threads that changed a row', () => {
  const threads = [
    { rows: Float32Array.of(0, 0, 1, 1, 2, 2, 3, 3), changed: Int32Array.of(0, 1, 1, 1) },
    { rows: Float32Array.of(0, 0, 5, 7, 6, 6, 9, 9), changed: Int32Array.of(0, 1, 0, 0) },
  ]
  mergeRows(threads, 2, { index: 0, count: 2 })
  mergeRows(threads, 2, { index: 1, count: 2 })
  for (const { rows } of threads) expect([...rows]).toEqual([0, 0, 3, 4, 2, 2, 3, 3])
})

it('leaves the rows of other shares alone', () => {
  const threads = [1, 2].map(value => ({
    rows: new Float32Array(4).fill(value),
    changed: Int32Array.of(1, 1),
  }))
  mergeRows(threads, 2, { index: 1, count: 2 })
  expect(threads.map(({ rows }) => [...rows])).toEqual([
    [1, 1, 1.5, 1.5],
    [2, 2, 1.5, 1.5],
  ])
})
