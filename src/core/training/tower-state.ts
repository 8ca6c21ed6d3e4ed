/** Everything that training reads and writes, laid out in one buffer that threads may share. */
import type { Tower } from '../ports.ts'
import type { Arena } from './arena.ts'
import type { Bags, Moments } from './kernels.ts'

export interface TrainingShape {
  readonly vocabulary: number
  readonly dimension: number
  /** Most pairs in a batch, and most pieces a text keeps on either side. */
  readonly batch: number
  readonly maxTokens: Readonly<Record<Tower, number>>
  readonly threads: number
}

/** A parameter with its gradient and its moments. */
export interface Parameter {
  readonly values: Float32Array
  readonly gradient: Float32Array
  readonly moments: Moments
}

export interface TowerState {
  /** Logarithms of the weights of the pieces, and the weights themselves. */
  readonly logWeights: Parameter
  readonly weights: Float32Array
  /** [dimension×dimension], output rows. Its gradient comes in `headParts`, one for each thread. */
  readonly head: Parameter
  readonly headParts: readonly Float32Array[]
  /** The batch: `bags.count` is not used, the batch's size is `control`'s. */
  readonly ids: Int32Array
  readonly factors: Float32Array
  readonly offsets: Int32Array
  /** [batch×dimension]: unit sums of the bags, and what the head makes of them, unit again; with their lengths before. */
  readonly pooled: Float32Array
  readonly pooledLengths: Float32Array
  readonly output: Float32Array
  readonly outputLengths: Float32Array
  /** Gradients of `output` and of the sums. */
  readonly outputGradient: Float32Array
  readonly sumGradient: Float32Array
}

export interface TrainingState {
  readonly shape: TrainingShape
  readonly table: Parameter
  readonly towers: Readonly<Record<Tower, TowerState>>
  /** [batch×batch] cosines, then their gradients. */
  readonly scores: Float32Array
  readonly rowSums: Float32Array
  readonly columnSums: readonly Float32Array[]
  readonly columnFactors: Float32Array
  /** Summed over each thread's rows. */
  readonly losses: Float32Array
  readonly stamps: Int32Array
  readonly touchedLists: readonly Int32Array[]
}

/** The same views for the same shape; everything is zero in a fresh buffer. */
export function layOutTraining(arena: Arena, shape: TrainingShape): TrainingState {
  const { vocabulary, dimension, batch, threads } = shape
  return {
    shape,
    table: parameter(arena, vocabulary * dimension),
    towers: { query: tower(arena, shape, 'query'), document: tower(arena, shape, 'document') },
    scores: arena.float32(batch * batch),
    rowSums: arena.float32(batch),
    columnSums: times(threads, () => arena.float32(batch)),
    columnFactors: arena.float32(batch * threads),
    losses: arena.float32(threads),
    stamps: arena.int32(vocabulary),
    touchedLists: times(threads, () => arena.int32(Math.ceil(vocabulary / threads))),
  }
}

/** Bytes that `layOutTraining` needs behind `start`, a little more than less. */
export function trainingBytes(shape: TrainingShape): number {
  const { vocabulary, dimension, batch, maxTokens, threads } = shape
  const table = 4 * vocabulary * (dimension + 4)
  const tokens = 2 * batch * (maxTokens.query + maxTokens.document + 1)
  const rows = 2 * batch * (4 * dimension + 2)
  const heads = 2 * dimension * dimension * (4 + threads)
  const pairs = batch * batch + batch * (2 + 2 * threads)
  return 4 * (table + tokens + rows + heads + pairs + 10 * vocabulary) + 65536
}

/** The texts of the batch as bags. */
export function bagsOf(tower: TowerState, count: number): Bags {
  return { ids: tower.ids, factors: tower.factors, offsets: tower.offsets, count }
}

function tower(arena: Arena, shape: TrainingShape, side: Tower): TowerState {
  const { vocabulary, dimension, batch, maxTokens, threads } = shape
  const rows = (): Float32Array => arena.float32(batch * dimension)
  return {
    logWeights: parameter(arena, vocabulary),
    weights: arena.float32(vocabulary),
    head: parameter(arena, dimension * dimension),
    headParts: times(threads, () => arena.float32(dimension * dimension)),
    ids: arena.int32(batch * maxTokens[side]),
    factors: arena.float32(batch * maxTokens[side]),
    offsets: arena.int32(batch + 1),
    pooled: rows(),
    pooledLengths: arena.float32(batch),
    output: rows(),
    outputLengths: arena.float32(batch),
    outputGradient: rows(),
    sumGradient: rows(),
  }
}

function parameter(arena: Arena, length: number): Parameter {
  return {
    values: arena.float32(length),
    gradient: arena.float32(length),
    moments: { first: arena.float32(length), second: arena.float32(length) },
  }
}

function times<T>(count: number, make: () => T): T[] {
  return Array.from({ length: count }, make)
}
