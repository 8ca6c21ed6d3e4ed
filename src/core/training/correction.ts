/**
 * A correction of the query tower: a square matrix A that is applied to its unit vector x, then length 1 again. The tower's
 * own head is linear, so A times it is a new head, and whatever head may be learned can be reached; the identity is the
 * shipped one. Documents keep their vectors.
 */
import type { ChoiceBatch } from './choice.ts'
import type { TrainingKernels } from './kernels.ts'
import { normaliseGradient, normaliseRows } from './unit-rows.ts'

export function identityCorrection(dimension: number): Float32Array {
  const matrix = new Float32Array(dimension * dimension)
  for (let i = 0; i < dimension; i++) matrix[i * dimension + i] = 1
  return matrix
}

/** normalise(A·x) for each row x of [rows×dimension], in new rows. A row that A makes zero stays what it was. */
export function correctRows(matrix: Float32Array, rows: Float32Array): Float32Array {
  const dimension = Math.round(Math.sqrt(matrix.length))
  const corrected = new Float32Array(rows.length)
  for (let start = 0; start < rows.length; start += dimension) {
    const row = rows.subarray(start, start + dimension)
    corrected.set(correctRow(matrix, row), start)
  }
  return corrected
}

function correctRow(matrix: Float32Array, row: Float32Array): Float32Array {
  const dimension = row.length
  const image = new Float32Array(dimension)
  let squares = 0
  for (let i = 0; i < dimension; i++) {
    let sum = 0
    for (let j = 0; j < dimension; j++) sum += (matrix[i * dimension + j] ?? 0) * (row[j] ?? 0)
    image[i] = sum
    squares += sum * sum
  }
  const length = Math.sqrt(squares)
  return length > 0 ? image.map(value => value / length) : row
}

/** The correction that goes `share` of the way from the identity to `matrix`. */
export function shrinkCorrection(matrix: Float32Array, share: number): Float32Array {
  const home = identityCorrection(Math.round(Math.sqrt(matrix.length)))
  return matrix.map((value, i) => share * value + (1 - share) * (home[i] ?? 0))
}

export interface LossOptions {
  /** 1 / temperature of the softmax over a row's cosines. */
  readonly sharpness: number
  /** Weight of half the squared distance of A from the identity. */
  readonly pull: number
}

/**
 * Mean cross-entropy of the right documents under the softmax of the cosines offered, and the pull towards the shipped
 * head. Writes the gradient of both with respect to A, where it is wanted.
 */
export function correctionLoss(
  matrix: Float32Array,
  batch: ChoiceBatch,
  { sharpness, pull }: LossOptions,
  kernels: Pick<TrainingKernels, 'multiply' | 'multiplyTransposed'>,
  gradient?: Float32Array,
): number {
  const { rows, columns, queries, documents } = batch
  const n = Math.round(Math.sqrt(matrix.length))
  const all = { first: 0, last: rows }
  const [outputs, lengths] = [new Float32Array(rows * n), new Float32Array(rows)]
  kernels.multiplyTransposed(queries, matrix, outputs, { m: rows, n, k: n })
  normaliseRows(outputs, lengths, n, all)
  const scores = new Float32Array(rows * columns)
  kernels.multiplyTransposed(outputs, documents, scores, { m: rows, n: columns, k: n })
  const loss = gradeChoices(scores, batch, sharpness) + (pull * squaresAway(matrix)) / 2
  if (gradient === undefined) return loss
  const pulled = new Float32Array(rows * n)
  kernels.multiply(scores, { row: columns, column: 1 }, documents, pulled, { m: rows, n, k: columns })
  normaliseGradient(pulled, outputs, lengths, n, all)
  kernels.multiply(pulled, { row: 1, column: n }, queries, gradient, { m: n, n, k: rows })
  for (let i = 0; i < matrix.length; i++) gradient[i] = (gradient[i] ?? 0) + pull * awayAt(matrix, n, i)
  return loss
}

/** Replaces the cosines by the gradient of the mean loss with respect to them; returns that loss. */
function gradeChoices(
  scores: Float32Array,
  { rows, columns, answers, offered }: ChoiceBatch,
  sharpness: number,
): number {
  let loss = 0
  for (let row = 0; row < rows; row++) {
    const start = row * columns
    const answer = start + (answers[row] ?? 0)
    const wanted = scores[answer] ?? 0
    let sum = 0
    for (let at = start; at < start + columns; at++) {
      const e = offered[at] === 1 ? Math.exp(sharpness * ((scores[at] ?? 0) - wanted)) : 0
      scores[at] = e
      sum += e
    }
    loss += Math.log(sum) / rows
    const scale = sharpness / (rows * sum)
    for (let at = start; at < start + columns; at++) scores[at] = (scores[at] ?? 0) * scale
    scores[answer] = (scores[answer] ?? 0) - sharpness / rows
  }
  return loss
}

function squaresAway(matrix: Float32Array): number {
  const dimension = Math.round(Math.sqrt(matrix.length))
  let squares = 0
  for (let i = 0; i < matrix.length; i++) squares += awayAt(matrix, dimension, i) ** 2
  return squares
}

/** How far an element is from that of the identity. */
function awayAt(matrix: Float32Array, dimension: number, i: number): number {
  return (matrix[i] ?? 0) - (i % (dimension + 1) === 0 ? 1 : 0)
}
