/**
 * Mean cross entropy of two softmaxes over one matrix of cosines, halves of one whole: each query among all documents,
 * each answer among the queries.
 */
import type { Range } from './kernels.ts'
import type { Loss } from './scores.ts'
import { pullBack, scoreRows } from './scores.ts'
import { rowsOf, shareOf } from './thread.ts'
import type { Thread } from './thread.ts'
import type { TrainingState } from './tower-state.ts'

interface Sizes {
  readonly queries: number
  readonly documents: number
}

export const softmaxLoss: Loss = (state, thread, sides, sharpness) => {
  const own = shareOf(sides.queries, thread.share)
  scoreRows(state, thread, sides, own)
  const above = exponentiateRows(state, thread, sides, sharpness, own)
  thread.barrier.wait()
  const loss = above + gradeRows(state, thread, sides, sharpness, own)
  thread.barrier.wait()
  pullBack(state, thread, sides)
  return loss
}

/** Exponentials in place of the own rows' cosines, with their sums; the loss but for the logarithms. */
function exponentiateRows(
  state: TrainingState,
  { kernels, share }: Thread,
  { queries, documents }: Sizes,
  sharpness: number,
  own: Range,
): number {
  let loss = 0
  for (let i = own.first; i < own.last; i++) loss -= sharpness * ((state.scores[i * documents + i] ?? 0) - 1)
  const columnSums = state.columnSums[share.index]?.subarray(0, documents) ?? new Float32Array(0)
  columnSums.fill(0)
  const rowSums = state.rowSums.subarray(own.first, own.last)
  kernels.exponentiate(rowsOf(state.scores, documents, own), sharpness, rowSums, columnSums)
  return loss / queries
}

/** The gradient of the loss in place of the own rows' exponentials; the loss's logarithms. */
function gradeRows(
  state: TrainingState,
  { kernels, share }: Thread,
  { queries, documents }: Sizes,
  sharpness: number,
  own: Range,
): number {
  const rowFactors = state.rowSums.subarray(own.first, own.last)
  const columnFactors = state.columnFactors.subarray(share.index * documents, (share.index + 1) * documents)
  columnFactors.fill(0)
  for (const part of state.columnSums) {
    for (let j = 0; j < queries; j++) columnFactors[j] = (columnFactors[j] ?? 0) + (part[j] ?? 0)
  }
  let loss = 0
  for (let i = own.first; i < own.last; i++) {
    loss += (Math.log(state.rowSums[i] ?? 1) + Math.log(columnFactors[i] ?? 1)) / 2
  }
  for (let i = 0; i < rowFactors.length; i++) rowFactors[i] = 1 / (rowFactors[i] ?? 1)
  for (let j = 0; j < queries; j++) columnFactors[j] = 1 / (columnFactors[j] ?? 1)
  const scores = rowsOf(state.scores, documents, own)
  kernels.weighExponentials(scores, sharpness / (2 * queries), rowFactors, columnFactors)
  for (let i = own.first; i < own.last; i++) {
    state.scores[i * documents + i] = (state.scores[i * documents + i] ?? 0) - sharpness / queries
  }
  return loss / queries
}
