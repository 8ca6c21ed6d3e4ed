import { updateNumber, updateRange } from './adam-rows.ts'
import type { Rates } from './body.ts'
import type { Touched, TrainingKernels } from './kernels.ts'
import { SIDES } from './tower-state.ts'
import type { TowerState, TrainingState } from './tower-state.ts'
import { tableWidth } from './training-shape.ts'

/** One step of Adam for the touched rows of the table, and for the weights of their pieces. */
export function updatePieces(
  kernels: TrainingKernels,
  { shape, table, towers }: TrainingState,
  touched: Touched,
  rates: Rates,
): void {
  const width = tableWidth(shape)
  for (let i = 0; i < touched.length; i++) {
    const id = touched.list[i] ?? 0
    updateRange(kernels, table, { first: id * width, last: (id + 1) * width }, rates.table)
    for (const side of SIDES) updateWeight(towers[side], id, rates.dense)
  }
}

function updateWeight({ logWeights, weights }: TowerState, id: number, rate: number): void {
  if (logWeights.gradient[id] === 0) return
  weights[id] = Math.exp(updateNumber(logWeights, id, rate))
}
