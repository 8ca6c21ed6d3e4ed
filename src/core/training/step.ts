/**
 * One step of the two towers: a body and a head each, a loss on their unit rows, and Adam with sparse rows for the table.
 * Several threads may run it together on one state: each calls every phase for its own share of the rows.
 */
import type { Tower } from '../ports/encoder.ts'
import { updateSum } from './adam-rows.ts'
import { adamRate } from './kernels.ts'
import type { Range, Touched } from './kernels.ts'
import type { StepWorker } from './step-worker.ts'
import { shareOf } from './thread.ts'
import { headRowsOf, SIDES } from './tower-state.ts'
import { normaliseGradient, normaliseRows } from './unit-rows.ts'

export interface StepOptions {
  /**
   * Pairs in the batch, and mined documents behind their documents: at most the state's, multiples of the number of threads
   * (and of four with SIMD kernels).
   */
  readonly pairs: number
  readonly negatives: number
  /** 1 / temperature. */
  readonly sharpness: number
  readonly tableRate: number
  readonly denseRate: number
  /** 1, 2, … */
  readonly step: number
}

/** Runs this thread's part; the loss of the batch is the sum of `state.losses` when all have come back. */
export function runStep(worker: StepWorker, options: StepOptions): void {
  computeGradients(worker, options)
  const touched = worker.body.spread(worker, textsOf(options), options.step)
  worker.barrier.wait()
  update(worker, touched, options)
  worker.barrier.wait()
}

/** Forward and backward, but for what the body does when all rows are there. */
export function computeGradients(worker: StepWorker, options: StepOptions): void {
  const { state, barrier, share } = worker
  const texts = textsOf(options)
  for (const [i, side] of SIDES.entries()) {
    embed(worker, side, shareOf(texts[side], share), SIDES.length * options.step + i)
  }
  barrier.wait()
  const { query, document } = state.towers
  const sides = {
    width: state.shape.dimension,
    queries: texts.query,
    documents: texts.document,
    query: { rows: query.output, gradient: query.outputGradient },
    document: { rows: document.output, gradient: document.outputGradient },
  }
  state.losses[share.index] = worker.loss(state, worker, sides, options.sharpness)
  for (const side of SIDES) backward(worker, side, shareOf(texts[side], share))
  barrier.wait()
}

/** Unit vectors of the texts of `range` in `tower.output`; with `noise`, as in training. */
export function embed(worker: StepWorker, side: Tower, range: Range, noise?: number): void {
  const { state, kernels, body, head } = worker
  const tower = state.towers[side]
  body.forward(worker, side, range)
  head.forward(kernels, headRowsOf(tower), range, noise)
  normaliseRows(tower.output, tower.outputLengths, state.shape.dimension, range)
}

/** From the unit outputs to what the body gives on, and this thread's part of the head's gradient. */
function backward(worker: StepWorker, side: Tower, own: Range): void {
  const { state, kernels, share } = worker
  const tower = state.towers[side]
  const part = tower.headParts[share.index] ?? new Float32Array(0)
  normaliseGradient(tower.outputGradient, tower.output, tower.outputLengths, state.shape.dimension, own)
  worker.head.backward(kernels, headRowsOf(tower), own, part)
  worker.body.backward(worker, side, own)
}

function update(worker: StepWorker, touched: Touched, options: StepOptions): void {
  const { state, kernels, share } = worker
  const table = adamRate(options.tableRate, options.step)
  const dense = adamRate(options.denseRate, options.step)
  worker.body.update(worker, touched, { table, dense })
  for (const side of SIDES) {
    const { head, headParts } = state.towers[side]
    updateSum(kernels, head, headParts, shareOf(head.values.length, share), dense)
  }
}

function textsOf({ pairs, negatives }: StepOptions): Readonly<Record<Tower, number>> {
  return { query: pairs, document: pairs + negatives }
}
