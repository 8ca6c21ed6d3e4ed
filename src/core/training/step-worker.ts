/** A thread of the trainer with everything that its steps need, on memory that it may share with others. */
import type { Arena } from './arena.ts'
import { measureArena } from './arena.ts'
import { createBody } from './body.ts'
import type { Body } from './body.ts'
import { createHead } from './create-head.ts'
import type { Head } from './head.ts'
import { createLoss } from './loss.ts'
import type { Loss } from './scores.ts'
import type { Thread } from './thread.ts'
import { layOutTraining } from './tower-state.ts'
import type { TrainingState } from './tower-state.ts'
import type { TrainingShape } from './training-shape.ts'

export interface StepWorker extends Thread {
  readonly state: TrainingState
  readonly body: Body
  readonly head: Head
  readonly loss: Loss
}

/** The same places for the same shape; everything is zero in a fresh buffer. */
export function createStepWorker(arena: Arena, shape: TrainingShape, thread: Thread): StepWorker {
  const head = createHead(shape.head, shape.dimension)
  const state = layOutTraining(arena, shape, head)
  return { ...thread, state, head, body: createBody(arena, state), loss: createLoss(shape) }
}

/** Bytes that a worker's arena takes behind `start`. */
export function trainingBytes(shape: TrainingShape): number {
  const arena = measureArena()
  createBody(arena, layOutTraining(arena, shape, createHead(shape.head, shape.dimension)))
  return arena.used()
}
