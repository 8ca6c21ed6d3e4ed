/**
 * Word vectors from raw text: the mean of a window's pieces predicts the piece in its middle against drawn strangers.
 * Mikolov et al., "Distributed Representations of Words and Phrases", 2013; each piece of the window gets its share of the
 * gradient and no more, as Irsoy et al., "Corrected CBOW Performs as well as Skip-gram", 2021.
 */

/** Pieces of texts, one behind the other, each with its window and its strangers. */
export interface WindowBatch {
  readonly ids: Int32Array
  /** The window of piece i is `starts[i]` to `ends[i] − 1`, less i itself. */
  readonly starts: Int32Array
  readonly ends: Int32Array
  /** [count × strangersEach] */
  readonly strangers: Int32Array
  readonly strangersEach: number
  count: number
}

/** Row-major, one row a piece: as part of a window, and as what is predicted. */
export interface WindowTables {
  readonly inputs: Float32Array
  readonly outputs: Float32Array
  readonly dimension: number
  /** Two rows for passing results. */
  readonly scratch: Float32Array
}

export interface WindowKernels {
  /**
   * Goes through the pieces in order, with a step of gradient descent after each; returns the sum of their losses. A piece
   * without a window and a stranger that is the piece itself are passed over.
   */
  predictMiddles(tables: WindowTables, batch: WindowBatch, rate: number): number
}

/** As one would write it down. */
export const plainWindowKernels: WindowKernels = {
  predictMiddles(tables, batch, rate) {
    let loss = 0
    for (let i = 0; i < batch.count; i++) loss += predictMiddle(tables, batch, rate, i)
    return loss
  },
}

function predictMiddle(tables: WindowTables, batch: WindowBatch, rate: number, i: number): number {
  const { inputs, outputs, dimension, scratch } = tables
  const mean = scratch.subarray(0, dimension).fill(0)
  const change = scratch.subarray(dimension, 2 * dimension).fill(0)
  const context = windowOf(batch, i)
  if (context.length === 0) return 0
  const row = (table: Float32Array, id: number): Float32Array =>
    table.subarray(id * dimension, (id + 1) * dimension)
  for (const id of context) addScaled(mean, row(inputs, id), 1 / context.length)
  const middle = batch.ids[i] ?? 0
  const each = batch.strangersEach
  let loss = 0
  for (const [n, id] of [middle, ...batch.strangers.subarray(i * each, (i + 1) * each)].entries()) {
    if (n > 0 && id === middle) continue
    const target = row(outputs, id)
    const score = mean.reduce((sum, value, d) => sum + value * (target[d] ?? 0), 0)
    loss += Math.log(1 + Math.exp(n === 0 ? -score : score))
    const step = rate * ((n === 0 ? 1 : 0) - 1 / (1 + Math.exp(-score)))
    addScaled(change, target, step)
    addScaled(target, mean, step)
  }
  for (const id of context) addScaled(row(inputs, id), change, 1 / context.length)
  return loss
}

function windowOf({ ids, starts, ends }: WindowBatch, i: number): number[] {
  const context: number[] = []
  for (let t = starts[i] ?? 0; t < (ends[i] ?? 0); t++) if (t !== i) context.push(ids[t] ?? 0)
  return context
}

function addScaled(target: Float32Array, row: Float32Array, factor: number): void {
  for (let d = 0; d < target.length; d++) target[d] = (target[d] ?? 0) + factor * (row[d] ?? 0)
}
