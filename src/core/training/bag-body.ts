/** Sums of weighted piece vectors, scaled to length 1. */
import type { Tower } from '../ports.ts'
import { updateNumber, updateRange } from './adam-rows.ts'
import type { Body } from './body.ts'
import type { Touched } from './kernels.ts'
import { bagsOf, SIDES, touchedBy } from './tower-state.ts'
import type { TowerState, TrainingState } from './tower-state.ts'
import { normaliseGradient, normaliseRows } from './unit-rows.ts'

export function createBagBody(state: TrainingState): Body {
  const { table, towers } = state
  const { dimension } = state.shape
  return {
    parameters: [],
    ordered: false,
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
    update({ kernels }, touched, rates) {
      for (let i = 0; i < touched.length; i++) {
        const id = touched.list[i] ?? 0
        updateRange(kernels, table, { first: id * dimension, last: (id + 1) * dimension }, rates.table)
        for (const side of SIDES) updateWeight(towers[side], id, rates.dense)
      }
    },
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

function updateWeight({ logWeights, weights }: TowerState, id: number, rate: number): void {
  if (logWeights.gradient[id] === 0) return
  weights[id] = Math.exp(updateNumber(logWeights, id, rate))
}
