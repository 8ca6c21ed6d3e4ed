/** Texts as an ONNX graph takes them: rectangles of ids, with little padding in each. */
import type { TowerInput } from './manifest.ts'

/** What a graph of `counts` makes of a piece that stands n times in a text: 1 + ln n, as in lexical ranking. */
export function repeatFactor(count: number): number {
  return count > 0 ? 1 + Math.log(count) : 0
}

/** The distinct pieces in order of their first place, each with how often it stands there. */
export interface CountedPieces {
  readonly ids: readonly number[]
  readonly counts: readonly number[]
}

/** For graphs of `counts`, equal pieces joined; for those of a `sequence`, every piece with the count 1. */
export function countPieces(pieces: ArrayLike<number>, input: TowerInput): CountedPieces {
  const ids = Array.from(pieces)
  if (input === 'sequence') return { ids, counts: ids.map(() => 1) }
  const counts = new Map<number, number>()
  for (const id of ids) counts.set(id, (counts.get(id) ?? 0) + 1)
  return { ids: [...counts.keys()], counts: [...counts.values()] }
}

export interface PackedBatch {
  /** Row-major `rows × length`; 0 behind a text's end. */
  readonly ids: BigInt64Array<ArrayBuffer>
  /** How often the piece stands in the text; 0 for padding. */
  readonly mask: BigInt64Array<ArrayBuffer>
  readonly rows: number
  readonly length: number
}

/** One rectangle for all texts; at least one column, so that a batch of empty texts has a shape. */
export function packBatch(texts: readonly CountedPieces[]): PackedBatch {
  const rows = texts.length
  const length = texts.reduce((longest, text) => Math.max(longest, text.ids.length), 1)
  const ids = new BigInt64Array(rows * length)
  const mask = new BigInt64Array(rows * length)
  // The lower halves, ten times as fast as making a bigint of each: engines run on little-endian machines only.
  const lowIds = new Int32Array(ids.buffer)
  const lowMask = new Int32Array(mask.buffer)
  texts.forEach((text, row) => {
    for (let t = 0; t < text.ids.length; t++) {
      lowIds[2 * (row * length + t)] = text.ids[t] ?? 0
      lowMask[2 * (row * length + t)] = text.counts[t] ?? 0
    }
  })
  return { ids, mask, rows, length }
}

export interface BatchLimits {
  /** Texts in a batch. */
  readonly rows: number
  /** Cells (texts × longest) in a batch; one text alone may have more. */
  readonly cells: number
}

/**
 * Numbers of the texts, batch by batch, each text once. Texts of like length come together: in a batch the shortest has at
 * least half the pieces of the longest, or at most `SHORT` fewer.
 */
export function planBatches(lengths: ArrayLike<number>, limits: BatchLimits): number[][] {
  const order = Array.from(lengths, (_, i) => i).toSorted(
    (a, b) => (lengths[a] ?? 0) - (lengths[b] ?? 0) || a - b,
  )
  const batches: number[][] = []
  let batch: number[] = []
  let shortest = 0
  for (const text of order) {
    const length = lengths[text] ?? 0
    const full = batch.length === limits.rows || (batch.length + 1) * length > limits.cells
    if (batch.length > 0 && (full || length > Math.max(2 * shortest, shortest + SHORT))) {
      batches.push(batch)
      batch = []
    }
    if (batch.length === 0) shortest = length
    batch.push(text)
  }
  if (batch.length > 0) batches.push(batch)
  return batches
}

/** So much padding is cheaper than one more call. */
export const SHORT = 16
