/** Sizes of a training run, and what the towers and their loss are made of: the same in every thread, fixed for a run. */
import type { Tower } from '../ports.ts'

/** The recurrent body reads a table of `inputs` numbers a piece; its state has the embedding's dimension. */
export type BodyPlan = { readonly kind: 'bag' } | { readonly kind: 'gru'; readonly inputs: number }

export type HeadPlan = { readonly kind: 'linear' }

export type LossPlan = { readonly kind: 'softmax' }

export interface TrainingPlan {
  /** What turns a text into a row. */
  readonly body: BodyPlan
  /** What turns a row into that of the embedding, before it is scaled to length 1. */
  readonly head: HeadPlan
  readonly loss: LossPlan
}

/** As the shipped model is trained. */
export const PLAIN_PLAN: TrainingPlan = {
  body: { kind: 'bag' },
  head: { kind: 'linear' },
  loss: { kind: 'softmax' },
}

export interface TrainingShape extends TrainingPlan {
  readonly vocabulary: number
  readonly dimension: number
  /** Most pairs in a batch, and most pieces a text keeps on either side. */
  readonly batch: number
  readonly maxTokens: Readonly<Record<Tower, number>>
  readonly threads: number
}

/** Numbers of a piece's vector. */
export function tableWidth({ body, dimension }: Pick<TrainingShape, 'body' | 'dimension'>): number {
  return body.kind === 'gru' ? body.inputs : dimension
}
