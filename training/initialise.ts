/** Where training starts from. */
import type { Random } from '../src/core/training/random.ts'
import type { TrainingState } from '../src/core/training/tower-state.ts'

const DEVIATION = 0.05

/**
 * A normal table, weights of smooth inverse frequency a / (a + p) (Arora et al. 2017) in both towers, heads that change
 * nothing.
 */
export function initialise(
  state: TrainingState,
  pieceCounts: Float64Array,
  sif: number,
  random: Random,
): void {
  const { dimension, vocabulary } = state.shape
  const { values } = state.table
  for (let i = 0; i < values.length; i++) values[i] = DEVIATION * random.normal()
  const total = pieceCounts.reduce((sum, count) => sum + count + 1, 0)
  for (const tower of Object.values(state.towers)) {
    for (let id = 0; id < vocabulary; id++) {
      const weight = sif / (sif + ((pieceCounts[id] ?? 0) + 1) / total)
      tower.weights[id] = weight
      tower.logWeights.values[id] = Math.log(weight)
    }
    for (let d = 0; d < dimension; d++) tower.head.values[d * dimension + d] = 1
  }
}
