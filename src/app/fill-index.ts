import { keysOf } from '../core/catalogue.ts'
import { failure } from '../core/errors.ts'
import type { Library } from '../core/ports/library.ts'
import type { Clock } from '../core/ports/platform.ts'
import type { VectorIndex } from '../core/ports/vector-index.ts'
import type { CancelSignal } from './embed.ts'
import type { Indexes } from './indexes.ts'

export interface FillIndexPorts {
  readonly library: Library
  readonly indexes: Indexes
  readonly clock: Clock
  readonly dimension: number
}

/** Documents loaded at a time. */
const BATCH = 16
/** Passages added between two pauses. */
const SLICE = 256

/**
 * Puts the vectors of every document that can be found into an empty index.
 * @throws Cancelled between slices when the signal says so.
 */
export async function fillIndex(
  index: VectorIndex,
  { library, indexes: { catalogue }, clock, dimension }: FillIndexPorts,
  signal: CancelSignal,
  progress: (done: number, total: number) => void,
): Promise<void> {
  const documents = catalogue.documents().slice()
  const total = catalogue.passageCount
  let done = 0
  for (let start = 0; start < documents.length; start += BATCH) {
    const ids = documents.slice(start, start + BATCH).map(({ id }) => id)
    for (const { document, vectors } of await library.load(ids)) {
      const keys = keysOf(document)
      for (let from = 0; from < keys.length; from += SLICE) {
        if (signal.aborted) throw failure('Cancelled', 'It was stopped.')
        const to = Math.min(from + SLICE, keys.length)
        await index.add(keys.slice(from, to), vectors.slice(from * dimension, to * dimension))
        progress((done += to - from), total)
        await clock.breathe()
      }
    }
  }
}
