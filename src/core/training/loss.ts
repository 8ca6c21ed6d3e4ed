/** What training makes small: a number that says how far the answers are from standing first. */
import { softmaxLoss } from './softmax-loss.ts'
import type { Thread } from './thread.ts'
import type { TrainingState } from './tower-state.ts'
import type { LossPlan } from './training-shape.ts'

/** Rows of length 1, [texts×width], and room for their gradients. */
export interface UnitRows {
  readonly rows: Float32Array
  readonly gradient: Float32Array
}

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
 * others.
 */
export type Loss = (state: TrainingState, thread: Thread, sides: ScoredSides, sharpness: number) => number

export function createLoss(_plan: LossPlan): Loss {
  return softmaxLoss
}
