/** Sizes of a training run, and what the towers and their loss are made of: the same in every thread, fixed for a run. */
import type { Tower } from '../ports/encoder.ts'

/** The recurrent body reads a table of `inputs` numbers a piece; its state has the embedding's dimension. */
export type BodyPlan = { readonly kind: 'bag' } | { readonly kind: 'gru'; readonly inputs: number }

/** `dropout` is the share of a hidden layer's numbers that a step leaves out. */
export type HeadPlan = { readonly kind: 'linear' } | { readonly kind: 'relu'; readonly dropout: number }

/** `margin`: how much nearer than any other text, as a cosine, the answer should be. */
export type LossPlan = { readonly kind: 'softmax' } | { readonly kind: 'triplet'; readonly margin: number }

export interface TrainingPlan {
  /** What turns a text into a row. */
  readonly body: BodyPlan
  /** What turns a row into that of the embedding, before it is scaled to length 1. */
  readonly head: HeadPlan
  readonly loss: LossPlan
  /** Most mined documents in a batch for each pair. */
  readonly negatives: number
  /** Leading dimensions that are to be embeddings of their own, each a multiple of four. */
  readonly prefixes: readonly number[]
}

/** As the shipped model is trained. */
export const PLAIN_PLAN: TrainingPlan = {
  body: { kind: 'bag' },
  head: { kind: 'linear' },
  loss: { kind: 'softmax' },
  negatives: 0,
  prefixes: [],
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

/** Most texts of a batch on a side: the documents have the mined ones behind the answers. */
export function mostTexts({ batch, negatives }: TrainingShape, side: Tower): number {
  return side === 'query' ? batch : batch * (1 + negatives)
}
