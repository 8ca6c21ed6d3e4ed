import { updateRaggedRange, updateRange } from './adam-rows.ts'
import type { Rates } from './body.ts'
import type { Range, Touched } from './kernels.ts'
import { shareOf } from './thread.ts'
import type { Thread } from './thread.ts'
import { SIDES } from './tower-state.ts'
import type { TowerState, TrainingState } from './tower-state.ts'
import { tableWidth } from './training-shape.ts'

/**
 * One step of Adam for the touched rows of the table, and for the weights of this thread's share of all pieces. A weight moves
 * on with its moments in the steps that do not touch it: a rare piece, seen in one step of a hundred, would otherwise hardly
 * leave its start.
 */
export function updatePieces(
  { kernels, share }: Pick<Thread, 'kernels' | 'share'>,
  { shape, table, towers }: TrainingState,
  touched: Touched,
  rates: Rates,
): void {
  const width = tableWidth(shape)
  for (let i = 0; i < touched.length; i++) {
    const id = touched.list[i] ?? 0
    updateRange(kernels, table, { first: id * width, last: (id + 1) * width }, rates.table)
  }
  const own = shareOf(shape.vocabulary, share)
  for (const side of SIDES) {
    updateRaggedRange(kernels, towers[side].logWeights, own, rates.dense)
    refreshWeights(towers[side], own)
  }
}

/** The weights from their logarithms; the gradients are 0 for the next step. */
function refreshWeights({ logWeights, weights }: TowerState, { first, last }: Range): void {
  for (let id = first; id < last; id++) weights[id] = Math.exp(logWeights.values[id] ?? 0)
  logWeights.gradient.fill(0, first, last)
}
