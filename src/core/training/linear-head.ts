import { passBack, passOn } from './dense-layer.ts'
import type { Head } from './head.ts'

/** One matrix [dimension×dimension], output rows; starts as the identity. */
export function createLinearHead(dimension: number): Head {
  return {
    size: dimension * dimension,
    kept: 0,
    initialise(values) {
      values.fill(0)
      for (let d = 0; d < dimension; d++) values[d * dimension + d] = 1
    },
    forward(kernels, { input, values, output }, range) {
      passOn(kernels, { input, matrix: values, dimension }, output, range)
    },
    backward(kernels, { input, values, outputGradient, inputGradient }, range, gradient) {
      const gradients = { output: outputGradient, input: inputGradient, matrix: gradient }
      passBack(kernels, { input, matrix: values, dimension }, gradients, range)
    },
  }
}
