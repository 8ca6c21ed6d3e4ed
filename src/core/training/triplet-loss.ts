import type { Loss, ScoredSides } from './scores.ts'
import { pullBack, scoreRows } from './scores.ts'
import { shareOf } from './thread.ts'
import type { Thread } from './thread.ts'
import type { TrainingState } from './tower-state.ts'

interface Hinge {
  readonly margin: number
  /** Weight of one mean of one pair. */
  readonly scale: number
}

/**
 * max(0, margin − s(q, d⁺) + s(q, d⁻)) in both directions. For each pair: the mean over those other answers of the batch
 * that violate the margin, over such mined documents, and over such other queries; each counts a half, as either direction of
 * the softmax does, and the result is the mean over the pairs.
 *
 * The mean over the violating ones and not the hardest alone (the "batch all", non-zero only, of Hermans et al. 2017): of
 * thousands of texts the hardest is often a right answer that nobody marked, and from a random start it draws all rows to one
 * point (Schroff et al. 2015). Mined documents have a mean of their own, or they would drown among the others.
 */
export function tripletLoss(margin: number): Loss {
  return (state, thread, sides) => {
    const own = shareOf(sides.queries, thread.share)
    const hinge = { margin, scale: 1 / (2 * sides.queries) }
    scoreRows(state, thread, sides, own)
    for (let i = own.first; i < own.last; i++) {
      state.answerScores[i] = state.scores[i * sides.documents + i] ?? 0
    }
    thread.barrier.wait()
    countByColumn(state, thread, sides, margin)
    thread.barrier.wait()
    const loss = gradeRows(state, thread, sides, hinge)
    thread.barrier.wait()
    pullBack(state, thread, sides)
    return loss
  }
}

/** How far a text is above what the margin allows; 0 or less is no violation. */
function excessOf(score: number, answer: number, margin: number): number {
  return margin - answer + score
}

/** Of this thread's queries: how many come too near to each answer that is not theirs. */
function countByColumn(
  { scores, answerScores, columnSums }: TrainingState,
  { share }: Thread,
  { queries, documents }: ScoredSides,
  margin: number,
): void {
  const counts = (columnSums[share.index] ?? new Float32Array(0)).fill(0)
  const own = shareOf(queries, share)
  for (let i = own.first; i < own.last; i++) {
    for (let j = 0; j < queries; j++) {
      if (j === i) continue
      const excess = excessOf(scores[i * documents + j] ?? 0, answerScores[j] ?? 0, margin)
      if (excess > 0) counts[j] = (counts[j] ?? 0) + 1
    }
  }
}

/** What one violation weighs in each column: the scale over their number. */
function columnWeights(
  { columnSums, columnFactors }: TrainingState,
  { share }: Thread,
  { queries, documents }: ScoredSides,
  scale: number,
): Float32Array {
  const weights = columnFactors.subarray(share.index * documents, share.index * documents + queries).fill(0)
  for (const counts of columnSums) {
    for (let j = 0; j < queries; j++) weights[j] = (weights[j] ?? 0) + (counts[j] ?? 0)
  }
  for (let j = 0; j < queries; j++) weights[j] = weights[j] === 0 ? 0 : scale / (weights[j] ?? 1)
  return weights
}

/** The gradient of the loss in place of the own rows' cosines; returns the own rows' part of the loss. */
function gradeRows(state: TrainingState, thread: Thread, sides: ScoredSides, hinge: Hinge): number {
  const { queries, documents } = sides
  const weights = columnWeights(state, thread, sides, hinge.scale)
  const own = shareOf(queries, thread.share)
  let loss = 0
  for (let i = own.first; i < own.last; i++) {
    const row = state.scores.subarray(i * documents, (i + 1) * documents)
    const answer = row[i] ?? 0
    // An answer is no rival of its own.
    row[i] = Number.NEGATIVE_INFINITY
    const others = rowMean(row, 0, queries, answer, hinge)
    const mined = rowMean(row, queries, documents, answer, hinge)
    loss += others.loss + mined.loss
    loss += gradeOthers(
      row.subarray(0, queries),
      others.weight,
      answer,
      state.answerScores,
      weights,
      hinge.margin,
    )
    for (let j = queries; j < documents; j++) {
      row[j] = excessOf(row[j] ?? 0, answer, hinge.margin) > 0 ? mined.weight : 0
    }
    const means = [others.weight, mined.weight, weights[i] ?? 0].filter(weight => weight > 0)
    row[i] = -hinge.scale * means.length
  }
  return loss
}

/** The mean over the violating ones among some columns, and what one of them weighs in it; both 0 when there is none. */
function rowMean(
  row: Float32Array,
  first: number,
  last: number,
  answer: number,
  { margin, scale }: Hinge,
): { readonly loss: number; readonly weight: number } {
  let [count, sum] = [0, 0]
  for (let j = first; j < last; j++) {
    const excess = excessOf(row[j] ?? 0, answer, margin)
    if (excess <= 0) continue
    count++
    sum += excess
  }
  return count === 0 ? { loss: 0, weight: 0 } : { loss: (scale * sum) / count, weight: scale / count }
}

/** Slopes in place of the cosines with the other answers; returns what this query adds to the means of the columns. */
function gradeOthers(
  row: Float32Array,
  weight: number,
  answer: number,
  answers: Float32Array,
  columnWeights: Float32Array,
  margin: number,
): number {
  let loss = 0
  for (let j = 0; j < row.length; j++) {
    const score = row[j] ?? 0
    const excess = excessOf(score, answers[j] ?? 0, margin)
    let slope = excessOf(score, answer, margin) > 0 ? weight : 0
    if (excess > 0) {
      slope += columnWeights[j] ?? 0
      loss += excess * (columnWeights[j] ?? 0)
    }
    row[j] = slope
  }
  return loss
}
