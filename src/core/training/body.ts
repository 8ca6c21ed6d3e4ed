/** The part of a tower that turns texts into rows. */
import type { Tower } from '../ports/encoder.ts'
import type { Arena } from './arena.ts'
import { createBagBody } from './bag-body.ts'
import { createGruBody } from './gru-body.ts'
import type { Range, Touched } from './kernels.ts'
import type { Random } from './random.ts'
import type { Thread } from './thread.ts'
import type { Parameter, TrainingState } from './tower-state.ts'

/** Of one step; both already hold Adam’s correction of the bias. */
export interface Rates {
  readonly table: number
  readonly dense: number
}

/**
 * Every thread has one of its own on the same memory and calls everything in the same order: `forward` and `backward` for
 * its own rows of each side, then, when all have come so far, `spread`, and when all have come so far again, `update`.
 */
export interface Body {
  /** What it learns besides the table and the weights of the pieces, in an order that never changes: checkpoints keep it. */
  readonly parameters: readonly Parameter[]
  /** Whether it reads the pieces in their order; otherwise each comes once, with a factor for how often it stands there. */
  readonly ordered: boolean
  /** Fills `parameters` with what training starts from. */
  initialise(random: Random): void
  /** Texts `range` of a side's batch → the same rows of `pooled`. */
  forward(thread: Thread, side: Tower, range: Range): void
  /** From `pooledGradient`, which it may overwrite, as far as a thread gets with its own rows. */
  backward(thread: Thread, side: Tower, range: Range): void
  /** Gradients of all that this thread updates; `texts` is the number of texts on either side. */
  spread(thread: Thread, texts: Readonly<Record<Tower, number>>, step: number): Touched
  /** One step of Adam for this thread's part, the touched rows of the table included. */
  update(thread: Thread, touched: Touched, rates: Rates): void
}

/** Takes what it needs beside the state from the arena: the same places in every thread. */
export function createBody(arena: Arena, state: TrainingState): Body {
  return state.shape.body.kind === 'gru' ? createGruBody(arena, state) : createBagBody(state)
}
