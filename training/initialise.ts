/** Where training starts from. */
import type { PieceVectors } from './pretrain.ts'
import type { Random } from '../src/core/training/random.ts'
import type { StepWorker } from '../src/core/training/step-worker.ts'

const DEVIATION = 0.05

/**
 * A normal table, weights of smooth inverse frequency a / (a + p) (Arora et al. 2017) in both towers, body and
 * heads as theirs start.
 */
export function initialise(
  { state, body, head }: StepWorker,
  pieceCounts: Float64Array,
  sif: number,
  random: Random,
): void {
  const { vocabulary } = state.shape
  const { values } = state.table
  for (let i = 0; i < values.length; i++) values[i] = DEVIATION * random.normal()
  body.initialise(random)
  const total = pieceCounts.reduce((sum, count) => sum + count + 1, 0)
  for (const tower of Object.values(state.towers)) {
    for (let id = 0; id < vocabulary; id++) {
      const weight = sif / (sif + ((pieceCounts[id] ?? 0) + 1) / total)
      tower.weights[id] = weight
      tower.logWeights.values[id] = Math.log(weight)
    }
    head.initialise(tower.head.values, random)
  }
}

/** Pieces that stand less often in the raw text keep their random start. */
const LEAST_COUNT = 10

/**
 * Replaces the rows of a table by word vectors, their mean taken off (what all have in common tells none from another) and
 * all of the length that the random rows have.
 */
export function startFromVectors(table: Float32Array, vectors: PieceVectors, dimension: number): void {
  const { rows, counts } = vectors
  const known = [...counts.keys()].filter(id => (counts[id] ?? 0) >= LEAST_COUNT)
  const mean = new Float64Array(dimension)
  for (const id of known) {
    for (let d = 0; d < dimension; d++) {
      mean[d] = (mean[d] ?? 0) + (rows[id * dimension + d] ?? 0) / known.length
    }
  }
  for (const id of known) {
    const row = rows.slice(id * dimension, (id + 1) * dimension).map((value, d) => value - (mean[d] ?? 0))
    const length = Math.hypot(...row)
    if (length === 0) continue
    const scale = (DEVIATION * Math.sqrt(dimension)) / length
    table.set(
      row.map(value => scale * value),
      id * dimension,
    )
  }
}
