import type { Head } from './head.ts'
import { rowsOf } from './thread.ts'

/** One matrix [dimension×dimension], output rows; starts as the identity. */
export function createLinearHead(dimension: number): Head {
  return {
    size: dimension * dimension,
    kept: 0,
    initialise(values) {
      values.fill(0)
      for (let d = 0; d < dimension; d++) values[d * dimension + d] = 1
    },
    forward(kernels, rows, range) {
      const shape = { m: range.last - range.first, n: dimension, k: dimension }
      const output = rowsOf(rows.output, dimension, range)
      kernels.multiplyTransposed(rowsOf(rows.input, dimension, range), rows.values, output, shape)
    },
    backward(kernels, rows, range, gradient) {
      const count = range.last - range.first
      const slope = rowsOf(rows.outputGradient, dimension, range)
      const input = rowsOf(rows.input, dimension, range)
      const square = { m: dimension, n: dimension, k: count }
      kernels.multiply(slope, { row: 1, column: dimension }, input, gradient, square)
      const back = rowsOf(rows.inputGradient, dimension, range)
      const shape = { m: count, n: dimension, k: dimension }
      kernels.multiply(slope, { row: dimension, column: 1 }, rows.values, back, shape)
    },
  }
}
