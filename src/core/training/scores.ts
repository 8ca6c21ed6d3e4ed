/** The matrix of cosines of all queries with all documents, [queries×documents], and the way back from its gradient. */
import type { Range } from './kernels.ts'
import { rowsOf, shareOf } from './thread.ts'
import type { Thread } from './thread.ts'
import type { TrainingState, UnitRows } from './tower-state.ts'

/** Document i is the answer to query i; documents behind the last query's are answers to none. */
export interface ScoredSides {
  readonly width: number
  readonly queries: number
  readonly documents: number
  readonly query: UnitRows
  readonly document: UnitRows
}

/**
 * Called by all threads when the rows of both sides are complete; meets them at the barrier in between. Writes the
 * gradients of this thread's rows and returns its part of the loss. What it leaves in the state's scores may still be read by
 * others. Sharpness is 1 / temperature.
 */
export type Loss = (state: TrainingState, thread: Thread, sides: ScoredSides, sharpness: number) => number

/** Cosines of the queries `own`. */
export function scoreRows(state: TrainingState, { kernels }: Thread, sides: ScoredSides, own: Range): void {
  const { width, documents, query, document } = sides
  const shape = { m: own.last - own.first, n: documents, k: width }
  const rows = rowsOf(query.rows, width, own)
  kernels.multiplyTransposed(rows, document.rows, rowsOf(state.scores, documents, own), shape)
}

/** Gradients of this thread's rows of either side: rows of the scores' gradient for queries, columns for documents. */
export function pullBack(state: TrainingState, { kernels, share }: Thread, sides: ScoredSides): void {
  const { width, queries, documents, query, document } = sides
  const asked = shareOf(queries, share)
  const queryShape = { m: asked.last - asked.first, n: width, k: documents }
  const rows = rowsOf(state.scores, documents, asked)
  const queryGradient = rowsOf(query.gradient, width, asked)
  kernels.multiply(rows, { row: documents, column: 1 }, document.rows, queryGradient, queryShape)
  const told = shareOf(documents, share)
  const documentShape = { m: told.last - told.first, n: width, k: queries }
  const columns = state.scores.subarray(told.first)
  const documentGradient = rowsOf(document.gradient, width, told)
  kernels.multiply(columns, { row: 1, column: documents }, query.rows, documentGradient, documentShape)
}
