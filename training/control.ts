/** What the first thread tells the others, at the start of the shared memory. */
import { createArena } from '../src/core/training/arena.ts'
import type { StepOptions } from '../src/core/training/step.ts'

/** The kernels’ own data, such as tables of logarithms, lies below. */
const START = 4096
export const CONTROL_BYTES = 5120

export interface Control {
  readonly barrier: Int32Array
  /** Kind of work, then queries (or pairs), documents (or mined documents) and, of a step, its number. */
  readonly numbers: Int32Array
  /** Of a step: sharpness, rate of the table, rate of the rest. */
  readonly rates: Float32Array
}

/** Texts that stand in the batch, from the first on. */
export interface TextCounts {
  readonly query: number
  readonly document: number
}

/** What all threads do together: a training step; embeddings of texts; the cosines of embeddings; nothing more. */
export type Work =
  | { readonly kind: 'step'; readonly options: StepOptions }
  | { readonly kind: 'embed'; readonly texts: TextCounts }
  | { readonly kind: 'score'; readonly texts: TextCounts }
  | { readonly kind: 'stop' }

const KINDS: readonly Work['kind'][] = ['step', 'embed', 'score', 'stop']

export function layOutControl(buffer: ArrayBufferLike): Control {
  const arena = createArena(buffer, START)
  return { barrier: arena.int32(2), numbers: arena.int32(4), rates: arena.float32(4) }
}

export function writeWork({ numbers, rates }: Control, work: Work): void {
  numbers[0] = KINDS.indexOf(work.kind)
  if (work.kind === 'stop') return
  if (work.kind !== 'step') return numbers.set([work.texts.query, work.texts.document], 1)
  const { pairs, negatives, step, sharpness, tableRate, denseRate } = work.options
  numbers.set([pairs, negatives, step], 1)
  rates.set([sharpness, tableRate, denseRate])
}

export function readWork({ numbers, rates }: Control): Work {
  const [number = 0, queries = 0, documents = 0, step = 0] = numbers
  const kind = KINDS[number] ?? 'stop'
  if (kind === 'stop') return { kind }
  if (kind !== 'step') return { kind, texts: { query: queries, document: documents } }
  const [sharpness = 0, tableRate = 0, denseRate = 0] = rates
  return { kind, options: { pairs: queries, negatives: documents, step, sharpness, tableRate, denseRate } }
}
