/** The heavy loops of training. Matrices are row-major f32; the plain form is the oracle of the SIMD one. */

export interface TrainingKernels {
  /** c[m×n] = a[m×k] · b[n×k]ᵀ */
  multiplyTransposed(a: Float32Array, b: Float32Array, c: Float32Array, shape: ProductShape): void
  /** c[m×n] = a · b[k×n], where a(i, p) stands at `a[i · strides.row + p · strides.column]`. */
  multiply(a: Float32Array, strides: Strides, b: Float32Array, c: Float32Array, shape: ProductShape): void
  /**
   * Replaces each cosine s of [rows×columns] by e^(sharpness · (s − 1)); writes the sums of the rows and adds to those of
   * the columns.
   */
  exponentiate(scores: Float32Array, sharpness: number, rowSums: Float32Array, columnSums: Float32Array): void
  /** Replaces each e of [rows×columns] by scale · e · (rowFactors[i] + columnFactors[j]). */
  weighExponentials(
    scores: Float32Array,
    scale: number,
    rowFactors: Float32Array,
    columnFactors: Float32Array,
  ): void
  /** sums[i] = Σ factor · weights[id] · table[id] over the ids of bag i, for bags `first` to `last` − 1. */
  sumBags(table: Float32Array, weights: Float32Array, bags: Bags, sums: Float32Array, range: Range): void
  /**
   * For ids with id mod shares = share, with w = factor · weights[id]: adds w · sumGradients[i] to the id's row of the
   * table's gradient, and w · table[id] · sumGradients[i] to the gradient of the logarithm of its weight. Rows met for the first time in
   * this step start from zero and join the list of touched ids.
   */
  spreadGradients(
    table: Float32Array,
    weights: Float32Array,
    bags: Bags,
    sumGradients: Float32Array,
    gradients: BagGradients,
    share: Share,
  ): void
  /** One step of Adam (Kingma and Ba 2015) on `values`; `rate` already holds the correction of the bias. */
  adam(values: Float32Array, gradient: Float32Array, moments: Moments, rate: number): void
}

export interface ProductShape {
  readonly m: number
  readonly n: number
  readonly k: number
}

export interface Strides {
  readonly row: number
  readonly column: number
}

export interface Range {
  readonly first: number
  readonly last: number
}

/** Lists of ids, one behind the other: bag i is `ids[offsets[i]]` to `ids[offsets[i + 1] − 1]`, each with a factor. */
export interface Bags {
  readonly ids: Int32Array
  readonly factors: Float32Array
  readonly offsets: Int32Array
  readonly count: number
}

export interface BagGradients {
  readonly table: Float32Array
  readonly weights: Float32Array
  readonly touched: Touched
}

/** Which ids this share has met in the step `stamp`. */
export interface Touched {
  readonly stamps: Int32Array
  readonly list: Int32Array
  length: number
  stamp: number
}

export interface Share {
  readonly index: number
  readonly count: number
}

export interface Moments {
  readonly first: Float32Array
  readonly second: Float32Array
}

export const ADAM = { beta1: 0.9, beta2: 0.999, epsilon: 1e-8 } as const

/** Corrects the rate for moments that started from zero, at step 1, 2, … */
export function adamRate(rate: number, step: number): number {
  return (rate * Math.sqrt(1 - ADAM.beta2 ** step)) / (1 - ADAM.beta1 ** step)
}
