/** Everything that training reads and writes, laid out in one buffer that threads may share. */
import type { Tower } from '../ports/encoder.ts'
import type { Arena } from './arena.ts'
import type { Head, HeadRows } from './head.ts'
import type { Bags, Moments, Share, Touched } from './kernels.ts'
import { mostTexts, tableWidth } from './training-shape.ts'
import type { TrainingShape } from './training-shape.ts'

export const SIDES: readonly Tower[] = ['query', 'document']

/** A parameter with its gradient and its moments. */
export interface Parameter {
  readonly values: Float32Array
  readonly gradient: Float32Array
  readonly moments: Moments
}

/** Rows of length 1, [texts×width], and room for their gradients. */
export interface UnitRows {
  readonly rows: Float32Array
  readonly gradient: Float32Array
}

export interface TowerState {
  /** Logarithms of the weights of the pieces, and the weights themselves. */
  readonly logWeights: Parameter
  readonly weights: Float32Array
  /** Its gradient comes in `headParts`, one for each thread. */
  readonly head: Parameter
  readonly headParts: readonly Float32Array[]
  readonly headKept: Float32Array
  /** The batch: text i is `ids[offsets[i]]` to `ids[offsets[i + 1] − 1]`, each piece with a factor. */
  readonly ids: Int32Array
  readonly factors: Float32Array
  readonly offsets: Int32Array
  /** [batch×dimension]: what the body makes of the texts, and what the head makes of that, unit rows; with their lengths before. */
  readonly pooled: Float32Array
  readonly pooledLengths: Float32Array
  readonly output: Float32Array
  readonly outputLengths: Float32Array
  readonly outputGradient: Float32Array
  readonly pooledGradient: Float32Array
}

/** One prefix at a time of the unit outputs, scaled to length 1 anew. */
export interface PrefixRows extends UnitRows {
  readonly lengths: Float32Array
}

export interface TrainingState {
  readonly shape: TrainingShape
  readonly table: Parameter
  readonly towers: Readonly<Record<Tower, TowerState>>
  /** Cosines, one row a query, then their gradients. */
  readonly scores: Float32Array
  readonly rowSums: Float32Array
  /** The cosine of each query with its answer. */
  readonly answerScores: Float32Array
  readonly columnSums: readonly Float32Array[]
  readonly columnFactors: Float32Array
  readonly prefixes: Readonly<Record<Tower, PrefixRows>>
  /** Summed over each thread's rows. */
  readonly losses: Float32Array
  readonly stamps: Int32Array
  readonly touchedLists: readonly Int32Array[]
}

/** The same views for the same shape; everything is zero in a fresh buffer. */
export function layOutTraining(arena: Arena, shape: TrainingShape, head: Head): TrainingState {
  const { vocabulary, batch, threads } = shape
  const documents = mostTexts(shape, 'document')
  return {
    shape,
    table: parameter(arena, vocabulary * tableWidth(shape)),
    towers: { query: tower(arena, shape, 'query', head), document: tower(arena, shape, 'document', head) },
    scores: arena.float32(batch * documents),
    rowSums: arena.float32(batch),
    answerScores: arena.float32(batch),
    columnSums: times(threads, () => arena.float32(documents)),
    columnFactors: arena.float32(documents * threads),
    prefixes: { query: prefixRows(arena, shape, 'query'), document: prefixRows(arena, shape, 'document') },
    losses: arena.float32(threads),
    stamps: arena.int32(vocabulary),
    touchedLists: times(threads, () => arena.int32(Math.ceil(vocabulary / threads))),
  }
}

/** The texts of the batch as bags. */
export function bagsOf(tower: TowerState, count: number): Bags {
  return { ids: tower.ids, factors: tower.factors, offsets: tower.offsets, count }
}

/** What a head reads and writes in a tower. */
export function headRowsOf(tower: TowerState): HeadRows {
  return {
    values: tower.head.values,
    input: tower.pooled,
    output: tower.output,
    outputGradient: tower.outputGradient,
    inputGradient: tower.pooledGradient,
    kept: tower.headKept,
  }
}

/** Nothing yet: to be filled in step `step` with the ids that are this share's. */
export function touchedBy({ stamps, touchedLists }: TrainingState, share: Share, step: number): Touched {
  return { stamps, list: touchedLists[share.index] ?? new Int32Array(0), length: 0, stamp: step }
}

function tower(arena: Arena, shape: TrainingShape, side: Tower, head: Head): TowerState {
  const { vocabulary, dimension, maxTokens, threads } = shape
  const texts = mostTexts(shape, side)
  const rows = (): Float32Array => arena.float32(texts * dimension)
  return {
    logWeights: parameter(arena, vocabulary),
    weights: arena.float32(vocabulary),
    head: parameter(arena, head.size),
    headParts: times(threads, () => arena.float32(head.size)),
    headKept: arena.float32(texts * head.kept),
    ids: arena.int32(texts * maxTokens[side]),
    factors: arena.float32(texts * maxTokens[side]),
    offsets: arena.int32(texts + 1),
    pooled: rows(),
    pooledLengths: arena.float32(texts),
    output: rows(),
    outputLengths: arena.float32(texts),
    outputGradient: rows(),
    pooledGradient: rows(),
  }
}

function prefixRows(arena: Arena, shape: TrainingShape, side: Tower): PrefixRows {
  const texts = shape.prefixes.length === 0 ? 0 : mostTexts(shape, side)
  const width = Math.max(0, ...shape.prefixes)
  return {
    rows: arena.float32(texts * width),
    gradient: arena.float32(texts * width),
    lengths: arena.float32(texts),
  }
}

/** A parameter of so many numbers. */
export function parameter(arena: Arena, length: number): Parameter {
  return {
    values: arena.float32(length),
    gradient: arena.float32(length),
    moments: { first: arena.float32(length), second: arena.float32(length) },
  }
}

function times<T>(count: number, make: () => T): T[] {
  return Array.from({ length: count }, make)
}
