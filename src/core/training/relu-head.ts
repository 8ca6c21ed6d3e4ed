import { passBack, passOn } from './dense-layer.ts'
import type { Head, HeadRows } from './head.ts'
import type { Range } from './kernels.ts'
import { normReluBackward, normReluForward } from './norm-relu.ts'
import type { NormRows } from './norm-relu.ts'

/** Views of what a head has learned, or of its gradient; matrices are [dimension×dimension], output rows. */
export interface ReluHeadParts {
  readonly matrices: readonly [Float32Array, Float32Array, Float32Array]
  readonly gains: readonly [Float32Array, Float32Array]
  readonly shifts: readonly [Float32Array, Float32Array]
}

export function reluHeadParts(values: Float32Array, dimension: number): ReluHeadParts {
  const square = dimension * dimension
  const matrix = (n: number): Float32Array => values.subarray(n * square, (n + 1) * square)
  const row = (n: number): Float32Array =>
    values.subarray(3 * square + n * dimension, 3 * square + (n + 1) * dimension)
  return { matrices: [matrix(0), matrix(1), matrix(2)], gains: [row(0), row(1)], shifts: [row(2), row(3)] }
}

/** Layers with a norm behind them. */
const HIDDEN = [0, 1] as const

/**
 * Twice: a linear layer, layer norm, ReLU and dropout; then a linear layer. All layers are as wide as the embedding. The
 * linear layers have no bias: before a norm its shift does the same, and what is added to all embeddings tells none from
 * another. Starts random with deviations as He et al. 2015.
 */
export function createReluHead(dimension: number, dropout: number): Head {
  const square = dimension * dimension
  const kept = 5 * dimension + 4
  return {
    size: 3 * square + 4 * dimension,
    kept,
    initialise(values, random) {
      const { matrices, gains, shifts } = reluHeadParts(values, dimension)
      for (const matrix of matrices) {
        for (let i = 0; i < square; i++) matrix[i] = Math.sqrt(2 / dimension) * random.normal()
      }
      for (const gain of gains) gain.fill(1)
      for (const shift of shifts) shift.fill(0)
    },
    forward(kernels, rows, range, noise) {
      const { matrices } = reluHeadParts(rows.values, dimension)
      let { input } = rows
      for (const layer of HIDDEN) {
        const norm = normRowsOf(rows, layer)
        passOn(kernels, { dimension, input, matrix: matrices[layer] }, norm.normal, range)
        const chance = noise === undefined ? undefined : { rate: dropout, noise: 2 * noise + layer }
        normReluForward(norm, range, chance)
        input = norm.output
      }
      passOn(kernels, { dimension, input, matrix: matrices[2] }, rows.output, range)
    },
    backward(kernels, rows, range, gradient) {
      const { matrices } = reluHeadParts(rows.values, dimension)
      const parts = reluHeadParts(gradient, dimension)
      const [first, second] = [normRowsOf(rows, 0), normRowsOf(rows, 1)]
      const back = (layer: 0 | 1 | 2, from: Float32Array, output: Float32Array, to: Float32Array): void => {
        const dense = { dimension, input: from, matrix: matrices[layer] }
        passBack(kernels, dense, { output, input: to, matrix: parts.matrices[layer] }, range)
      }
      const slopes = placeOf(rows, 4)
      back(2, second.output, rows.outputGradient, slopes)
      normBackward(second, slopes, parts, 1, range)
      // Nobody reads what the second layer gave any more: its place takes the slopes of the first.
      back(1, first.output, slopes, second.output)
      normBackward(first, second.output, parts, 0, range)
      back(0, rows.input, second.output, rows.inputGradient)
    },
  }

  function normBackward(
    norm: NormRows,
    slopes: Float32Array,
    { gains, shifts }: ReluHeadParts,
    layer: 0 | 1,
    range: Range,
  ): void {
    const gradients = { rows: slopes, gain: gains[layer].fill(0), shift: shifts[layer].fill(0) }
    normReluBackward(norm, gradients, range, dropout)
  }

  /** One of the five places [texts×dimension] in `kept`: normal rows and outputs of both hidden layers, slopes. */
  function placeOf(rows: HeadRows, n: number): Float32Array {
    const texts = rows.kept.length / kept
    return rows.kept.subarray(n * texts * dimension, (n + 1) * texts * dimension)
  }

  function normRowsOf(rows: HeadRows, layer: 0 | 1): NormRows {
    const texts = rows.kept.length / kept
    const { gains, shifts } = reluHeadParts(rows.values, dimension)
    const start = (5 * dimension + layer) * texts
    return {
      dimension,
      normal: placeOf(rows, 2 * layer),
      output: placeOf(rows, 2 * layer + 1),
      scales: rows.kept.subarray(start, start + texts),
      gain: gains[layer],
      shift: shifts[layer],
    }
  }
}
