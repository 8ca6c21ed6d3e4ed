/** A square linear layer without bias, on the rows of a range. */
import type { Range, TrainingKernels } from './kernels.ts'
import { rowsOf } from './thread.ts'

export interface DenseLayer {
  readonly dimension: number
  /** [texts×dimension] */
  readonly input: Float32Array
  /** [dimension×dimension], output rows. */
  readonly matrix: Float32Array
}

export function passOn(
  kernels: TrainingKernels,
  { dimension, input, matrix }: DenseLayer,
  output: Float32Array,
  range: Range,
): void {
  const shape = { m: range.last - range.first, n: dimension, k: dimension }
  const [from, to] = [rowsOf(input, dimension, range), rowsOf(output, dimension, range)]
  kernels.multiplyTransposed(from, matrix, to, shape)
}

export interface DenseGradients {
  /** Given. */
  readonly output: Float32Array
  /** Written. */
  readonly input: Float32Array
  /** Written: what the rows of the range say. */
  readonly matrix: Float32Array
}

export function passBack(
  kernels: TrainingKernels,
  { dimension, input, matrix }: DenseLayer,
  gradients: DenseGradients,
  range: Range,
): void {
  const count = range.last - range.first
  const slopes = rowsOf(gradients.output, dimension, range)
  const from = rowsOf(input, dimension, range)
  const square = { m: dimension, n: dimension, k: count }
  kernels.multiply(slopes, { row: 1, column: dimension }, from, gradients.matrix, square)
  const back = rowsOf(gradients.input, dimension, range)
  const shape = { m: count, n: dimension, k: dimension }
  kernels.multiply(slopes, { row: dimension, column: 1 }, matrix, back, shape)
}
