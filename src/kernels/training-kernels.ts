/** The SIMD form of the training kernels, on a memory that several threads may share. */
import { ADAM } from '../core/training/kernels.ts'
import type { ProductShape, TrainingKernels } from '../core/training/kernels.ts'
import { instantiateOn } from './instantiate-on.ts'

interface Exports {
  multiplyTransposed(a: number, b: number, c: number, m: number, n: number, k: number): void
  multiply(
    a: number,
    rowStride: number,
    columnStride: number,
    b: number,
    c: number,
    m: number,
    n: number,
    k: number,
  ): void
  exponentiate(
    scores: number,
    rows: number,
    columns: number,
    sharpness: number,
    rowSums: number,
    columnSums: number,
  ): void
  weighExponentials(
    scores: number,
    rows: number,
    columns: number,
    scale: number,
    rowFactors: number,
    columnFactors: number,
  ): void
  sumBags(
    table: number,
    weights: number,
    ids: number,
    factors: number,
    offsets: number,
    first: number,
    last: number,
    dimension: number,
    sums: number,
  ): void
  spreadGradients(...pointersAndNumbers: number[]): number
  adam(
    values: number,
    gradient: number,
    first: number,
    second: number,
    length: number,
    rate: number,
    beta1: number,
    beta2: number,
    epsilon: number,
  ): void
}

/**
 * Kernels whose arrays all live in `memory`, which must be shared. Numbers of rows, columns and dimensions are multiples of
 * four.
 * @throws Error when an array lives elsewhere or a shape does not fit.
 */
export async function loadTrainingKernels(
  wasm: BufferSource,
  memory: WebAssembly.Memory,
): Promise<TrainingKernels> {
  const { exports, place } = await instantiateOn<Exports>(wasm, memory)
  return {
    multiplyTransposed(a, b, c, shape) {
      checkShape(shape)
      exports.multiplyTransposed(place(a), place(b), place(c), shape.m, shape.n, shape.k)
    },
    multiply(a, strides, b, c, shape) {
      checkShape(shape)
      const { m, n, k } = shape
      exports.multiply(place(a), strides.row, strides.column, place(b), place(c), m, n, k)
    },
    exponentiate(scores, sharpness, rowSums, columnSums) {
      const [rows, columns] = [rowSums.length, columnSums.length]
      checkFours(columns)
      exports.exponentiate(place(scores), rows, columns, sharpness, place(rowSums), place(columnSums))
    },
    weighExponentials(scores, scale, rowFactors, columnFactors) {
      const [rows, columns] = [rowFactors.length, columnFactors.length]
      checkFours(columns)
      exports.weighExponentials(place(scores), rows, columns, scale, place(rowFactors), place(columnFactors))
    },
    sumBags(table, weights, bags, sums, { first, last }) {
      const dimension = checkFours(table.length / weights.length)
      const { ids, factors, offsets } = bags
      const [from, to] = [place(table), place(sums)]
      const [list, times] = [place(ids), place(factors)]
      exports.sumBags(from, place(weights), list, times, place(offsets), first, last, dimension, to)
    },
    spreadGradients(table, weights, bags, sumGradients, gradients, share) {
      const { touched } = gradients
      touched.length = exports.spreadGradients(
        place(table),
        place(weights),
        place(bags.ids),
        place(bags.factors),
        place(bags.offsets),
        bags.count,
        checkFours(table.length / weights.length),
        place(sumGradients),
        place(gradients.table),
        place(gradients.weights),
        share.index,
        share.count,
        place(touched.stamps),
        touched.stamp,
        place(touched.list),
        touched.length,
      )
    },
    adam(values, gradient, { first, second }, rate) {
      const { beta1, beta2, epsilon } = ADAM
      const length = checkFours(values.length)
      const [at, slope] = [place(values), place(gradient)]
      exports.adam(at, slope, place(first), place(second), length, rate, beta1, beta2, epsilon)
    },
  }
}

function checkShape({ m, n, k }: ProductShape): void {
  checkFours(m)
  checkFours(n)
  checkFours(k)
}

function checkFours(size: number): number {
  if (size % 4 === 0) return size
  throw new Error(`expected a size that is a multiple of 4, got ${size}`)
}
