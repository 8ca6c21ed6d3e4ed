/** What stands behind a hidden linear layer: layer norm (Ba et al. 2016), ReLU, dropout (Srivastava et al. 2014). */
import type { Range } from './kernels.ts'
import { createRandom } from './random.ts'

/** Keeps rows whose numbers are all the same from being divided by 0. As ONNX and PyTorch have it. */
const EPSILON = 1e-5

export interface NormRows {
  readonly dimension: number
  /** In: what the linear layer gives; out: the same with mean 0 and deviation 1. */
  readonly normal: Float32Array
  /** 1 / deviation of each row. */
  readonly scales: Float32Array
  readonly gain: Float32Array
  readonly shift: Float32Array
  readonly output: Float32Array
}

/** `rate` of the positive numbers become 0, and the others grow by as much. */
export interface Dropout {
  readonly rate: number
  readonly noise: number
}

/** `normal` → `output`. */
export function normReluForward(rows: NormRows, { first, last }: Range, dropout?: Dropout): void {
  const { dimension, normal, gain, shift, output } = rows
  for (let i = first; i < last; i++) {
    normaliseRow(rows, i)
    for (let d = 0; d < dimension; d++) {
      const value = (gain[d] ?? 0) * (normal[i * dimension + d] ?? 0) + (shift[d] ?? 0)
      output[i * dimension + d] = value > 0 ? value : 0
    }
    if (dropout !== undefined && dropout.rate > 0) dropFromRow(rows, i, dropout)
  }
}

function normaliseRow({ dimension, normal, scales }: NormRows, i: number): void {
  const row = normal.subarray(i * dimension, (i + 1) * dimension)
  let [sum, squares] = [0, 0]
  for (let d = 0; d < dimension; d++) sum += row[d] ?? 0
  const mean = sum / dimension
  for (let d = 0; d < dimension; d++) squares += ((row[d] ?? 0) - mean) ** 2
  const scale = 1 / Math.sqrt(squares / dimension + EPSILON)
  for (let d = 0; d < dimension; d++) row[d] = ((row[d] ?? 0) - mean) * scale
  scales[i] = scale
}

/** By the noise and the row's place alone, so that it is the same on any number of threads. */
function dropFromRow({ dimension, output }: NormRows, i: number, { rate, noise }: Dropout): void {
  const random = createRandom(Math.imul(noise, 0x9e3779b1) ^ Math.imul(i + 1, 0x85ebca6b))
  for (let at = i * dimension; at < (i + 1) * dimension; at++) {
    output[at] = random.next() < rate ? 0 : (output[at] ?? 0) / (1 - rate)
  }
}

export interface NormGradients {
  /** In: of `output`; out: of what the linear layer gave. */
  readonly rows: Float32Array
  /** Added to. */
  readonly gain: Float32Array
  readonly shift: Float32Array
}

/** After a forward pass with the same rate of dropout. */
export function normReluBackward(
  rows: NormRows,
  gradients: NormGradients,
  { first, last }: Range,
  rate: number,
): void {
  const { dimension, normal, scales, gain, output } = rows
  const grown = 1 / (1 - rate)
  for (let i = first; i < last; i++) {
    let [mean, product] = [0, 0]
    for (let d = 0; d < dimension; d++) {
      const at = i * dimension + d
      const slope = (output[at] ?? 0) > 0 ? grown * (gradients.rows[at] ?? 0) : 0
      const x = normal[at] ?? 0
      gradients.gain[d] = (gradients.gain[d] ?? 0) + slope * x
      gradients.shift[d] = (gradients.shift[d] ?? 0) + slope
      const inner = slope * (gain[d] ?? 0)
      gradients.rows[at] = inner
      mean += inner / dimension
      product += (inner * x) / dimension
    }
    for (let at = i * dimension; at < (i + 1) * dimension; at++) {
      const inner = gradients.rows[at] ?? 0
      gradients.rows[at] = (scales[i] ?? 0) * (inner - mean - (normal[at] ?? 0) * product)
    }
  }
}
