/**
 * One step of the two towers: sums of weighted piece vectors, a linear head each, cosines of all queries with all
 * documents, softmax over rows and over columns with the pair itself as the answer, Adam with sparse rows for the table.
 * Several threads may run it together on one state: each calls every phase for its own share of the rows.
 */
import type { Tower } from '../ports.ts'
import type { Barrier } from './barrier.ts'
import { adamRate } from './kernels.ts'
import type { Moments, Range, Share, Touched, TrainingKernels } from './kernels.ts'
import { bagsOf } from './tower-state.ts'
import type { TowerState, TrainingState } from './tower-state.ts'
import { normaliseGradient, normaliseRows } from './unit-rows.ts'

export interface StepOptions {
  /** Pairs in the batch: at most the state's, a multiple of the number of threads (and of four with SIMD kernels). */
  readonly pairs: number
  /** 1 / temperature. */
  readonly sharpness: number
  readonly tableRate: number
  readonly denseRate: number
  /** 1, 2, … */
  readonly step: number
}

export interface StepWorker {
  readonly state: TrainingState
  readonly kernels: TrainingKernels
  readonly share: Share
  readonly barrier: Barrier
}

const TOWERS: readonly Tower[] = ['query', 'document']

/** Runs this thread's part; the loss of the batch is the sum of `state.losses` when all have come back. */
export function runStep(worker: StepWorker, options: StepOptions): void {
  computeGradients(worker, options)
  const touched = spreadAll(worker, options)
  worker.barrier.wait()
  update(worker, touched, options)
  worker.barrier.wait()
}

/** Forward and backward down to the gradients of the bags' sums, the heads' parts and the loss. */
export function computeGradients(worker: StepWorker, options: StepOptions): void {
  const { state, barrier } = worker
  const own = shareOf(options.pairs, worker.share)
  for (const side of TOWERS) embed(worker, state.towers[side], own)
  barrier.wait()
  scorePairs(worker, options, own)
  barrier.wait()
  gradeScores(worker, options, own)
  barrier.wait()
  pullBack(worker, options, own)
  for (const side of TOWERS) backward(worker, state.towers[side], own)
  barrier.wait()
}

/** Unit vectors of the texts of `range` in `tower.output`. */
export function embed({ state, kernels }: StepWorker, tower: TowerState, range: Range): void {
  const { dimension } = state.shape
  kernels.sumBags(state.table.values, tower.weights, bagsOf(tower, range.last), tower.pooled, range)
  normaliseRows(tower.pooled, tower.pooledLengths, dimension, range)
  const shape = { m: range.last - range.first, n: dimension, k: dimension }
  const pooled = rowsOf(tower.pooled, dimension, range)
  kernels.multiplyTransposed(pooled, tower.head.values, rowsOf(tower.output, dimension, range), shape)
  normaliseRows(tower.output, tower.outputLengths, dimension, range)
}

/** Exponentials of the own rows' cosines, with their sums; the loss but for the columns' part. */
function scorePairs(
  { state, kernels, share }: StepWorker,
  { pairs, sharpness }: StepOptions,
  own: Range,
): void {
  const { dimension } = state.shape
  const { query, document } = state.towers
  const scores = rowsOf(state.scores, pairs, own)
  const shape = { m: own.last - own.first, n: pairs, k: dimension }
  kernels.multiplyTransposed(rowsOf(query.output, dimension, own), document.output, scores, shape)
  let loss = 0
  for (let i = own.first; i < own.last; i++) loss -= sharpness * ((state.scores[i * pairs + i] ?? 0) - 1)
  const columnSums = state.columnSums[share.index]?.subarray(0, pairs) ?? new Float32Array(0)
  columnSums.fill(0)
  kernels.exponentiate(scores, sharpness, state.rowSums.subarray(own.first, own.last), columnSums)
  state.losses[share.index] = loss / pairs
}

/** The gradient of the loss in place of the own rows' exponentials. */
function gradeScores(
  { state, kernels, share }: StepWorker,
  { pairs, sharpness }: StepOptions,
  own: Range,
): void {
  const rowFactors = state.rowSums.subarray(own.first, own.last)
  const columnFactors = state.columnFactors.subarray(share.index * pairs, (share.index + 1) * pairs)
  columnFactors.fill(0)
  for (const part of state.columnSums) {
    for (let j = 0; j < pairs; j++) columnFactors[j] = (columnFactors[j] ?? 0) + (part[j] ?? 0)
  }
  let loss = 0
  for (let i = own.first; i < own.last; i++) {
    loss += (Math.log(state.rowSums[i] ?? 1) + Math.log(columnFactors[i] ?? 1)) / 2
  }
  state.losses[share.index] = (state.losses[share.index] ?? 0) + loss / pairs
  for (let i = 0; i < rowFactors.length; i++) rowFactors[i] = 1 / (rowFactors[i] ?? 1)
  for (let j = 0; j < pairs; j++) columnFactors[j] = 1 / (columnFactors[j] ?? 1)
  const scores = rowsOf(state.scores, pairs, own)
  kernels.weighExponentials(scores, sharpness / (2 * pairs), rowFactors, columnFactors)
  for (let i = own.first; i < own.last; i++) {
    state.scores[i * pairs + i] = (state.scores[i * pairs + i] ?? 0) - sharpness / pairs
  }
}

/** Gradients of the unit outputs: rows of the scores' gradient for the queries, columns for the documents. */
function pullBack({ state, kernels }: StepWorker, { pairs }: StepOptions, own: Range): void {
  const { dimension } = state.shape
  const { query, document } = state.towers
  const shape = { m: own.last - own.first, n: dimension, k: pairs }
  const queryGradient = rowsOf(query.outputGradient, dimension, own)
  const rows = rowsOf(state.scores, pairs, own)
  kernels.multiply(rows, { row: pairs, column: 1 }, document.output, queryGradient, shape)
  const documentGradient = rowsOf(document.outputGradient, dimension, own)
  const columns = state.scores.subarray(own.first)
  kernels.multiply(columns, { row: 1, column: pairs }, query.output, documentGradient, shape)
}

/** From the unit outputs back to the sums of the bags, and this thread's part of the head's gradient. */
function backward({ state, kernels, share }: StepWorker, tower: TowerState, own: Range): void {
  const { dimension } = state.shape
  const count = own.last - own.first
  normaliseGradient(tower.outputGradient, tower.output, tower.outputLengths, dimension, own)
  const gradient = rowsOf(tower.outputGradient, dimension, own)
  const pooled = rowsOf(tower.pooled, dimension, own)
  const part = tower.headParts[share.index] ?? new Float32Array(0)
  kernels.multiply(gradient, { row: 1, column: dimension }, pooled, part, {
    m: dimension,
    n: dimension,
    k: count,
  })
  const sums = rowsOf(tower.sumGradient, dimension, own)
  const shape = { m: count, n: dimension, k: dimension }
  kernels.multiply(gradient, { row: dimension, column: 1 }, tower.head.values, sums, shape)
  normaliseGradient(tower.sumGradient, tower.pooled, tower.pooledLengths, dimension, own)
}

/** Gradients of this thread's rows of the table and of their weights. */
export function spreadAll({ state, kernels, share }: StepWorker, { pairs, step }: StepOptions): Touched {
  const list = state.touchedLists[share.index] ?? new Int32Array(0)
  const touched: Touched = { stamps: state.stamps, list, length: 0, stamp: step }
  for (const side of TOWERS) {
    const tower = state.towers[side]
    const gradients = { table: state.table.gradient, weights: tower.logWeights.gradient, touched }
    const bags = bagsOf(tower, pairs)
    kernels.spreadGradients(state.table.values, tower.weights, bags, tower.sumGradient, gradients, share)
  }
  return touched
}

function update({ state, kernels, share }: StepWorker, touched: Touched, options: StepOptions): void {
  const { dimension } = state.shape
  const tableRate = adamRate(options.tableRate, options.step)
  const denseRate = adamRate(options.denseRate, options.step)
  for (let i = 0; i < touched.length; i++) {
    const id = touched.list[i] ?? 0
    updatePart(kernels, state.table, { first: id * dimension, last: (id + 1) * dimension }, tableRate)
    for (const side of TOWERS) updateWeight(state.towers[side], id, denseRate)
  }
  const rows = shareOf(dimension, share)
  const own = { first: rows.first * dimension, last: rows.last * dimension }
  for (const side of TOWERS) updateHead(kernels, state.towers[side], own, denseRate)
}

function updateWeight({ logWeights, weights }: TowerState, id: number, rate: number): void {
  const gradient = logWeights.gradient[id] ?? 0
  if (gradient === 0) return
  const { first, second } = logWeights.moments
  const m = 0.9 * (first[id] ?? 0) + 0.1 * gradient
  const v = 0.999 * (second[id] ?? 0) + 0.001 * gradient * gradient
  first[id] = m
  second[id] = v
  const value = (logWeights.values[id] ?? 0) - (rate * m) / (Math.sqrt(v) + 1e-8)
  logWeights.values[id] = value
  weights[id] = Math.exp(value)
  logWeights.gradient[id] = 0
}

function updateHead(kernels: TrainingKernels, tower: TowerState, own: Range, rate: number): void {
  const { head, headParts } = tower
  for (let i = own.first; i < own.last; i++) {
    let sum = 0
    for (const part of headParts) sum += part[i] ?? 0
    head.gradient[i] = sum
  }
  updatePart(kernels, head, own, rate)
}

function updatePart(
  kernels: TrainingKernels,
  parameter: { values: Float32Array; gradient: Float32Array; moments: Moments },
  { first, last }: Range,
  rate: number,
): void {
  const moments = {
    first: parameter.moments.first.subarray(first, last),
    second: parameter.moments.second.subarray(first, last),
  }
  const gradient = parameter.gradient.subarray(first, last)
  kernels.adam(parameter.values.subarray(first, last), gradient, moments, rate)
}

/** Rows of a share: as even as blocks of four allow. */
function shareOf(count: number, { index, count: shares }: Share): Range {
  const cut = (part: number): number =>
    part === shares ? count : Math.floor((count * part) / shares / 4) * 4
  return { first: cut(index), last: cut(index + 1) }
}

function rowsOf(values: Float32Array, width: number, { first, last }: Range): Float32Array {
  return values.subarray(first * width, last * width)
}
