/** Sums of weighted piece vectors, scaled to length 1. */
import type { Tower } from '../ports/encoder.ts'
import type { Body } from './body.ts'
import type { Touched } from './kernels.ts'
import { bagsOf, SIDES, touchedBy } from './tower-state.ts'
import type { TrainingState } from './tower-state.ts'
import { updatePieces } from './update-pieces.ts'
import { normaliseGradient, normaliseRows } from './unit-rows.ts'

export function createBagBody(state: TrainingState): Body {
  const { table, towers } = state
  const { dimension } = state.shape
  return {
    parameters: [],
    ordered: false,
    initialise: () => undefined,
    forward({ kernels }, side, range) {
      const tower = towers[side]
      kernels.sumBags(table.values, tower.weights, bagsOf(tower, range.last), tower.pooled, range)
      normaliseRows(tower.pooled, tower.pooledLengths, dimension, range)
    },
    backward(_, side, range) {
      const { pooled, pooledGradient, pooledLengths } = towers[side]
      normaliseGradient(pooledGradient, pooled, pooledLengths, dimension, range)
    },
    spread(thread, texts, step) {
      const touched = touchedBy(state, thread.share, step)
      for (const side of SIDES) spreadSide(side, texts[side], touched, thread)
      return touched
    },
    update: (thread, touched, rates) => updatePieces(thread, state, touched, rates),
  }

  function spreadSide(
    side: Tower,
    texts: number,
    touched: Touched,
    { kernels, share }: Parameters<Body['spread']>[0],
  ): void {
    const tower = towers[side]
    const gradients = { table: table.gradient, weights: tower.logWeights.gradient, touched }
    const bags = bagsOf(tower, texts)
    kernels.spreadGradients(table.values, tower.weights, bags, tower.pooledGradient, gradients, share)
  }
}
