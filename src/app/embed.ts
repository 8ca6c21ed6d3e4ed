import { failure } from '../core/errors.ts'
import type { Encoder } from '../core/ports/encoder.ts'

/** What a long job looks at between its steps; an `AbortSignal` fits. */
export interface CancelSignal {
  readonly aborted: boolean
}

/** Passages per call: a query waits for one such batch at most. */
const BATCH = 64

/**
 * The document vectors of `texts`, row-major `texts.length × dimension`.
 * @throws Cancelled between batches when the signal says so.
 */
export async function embedDocuments(
  texts: readonly string[],
  encoder: Encoder,
  signal: CancelSignal,
  progress: (done: number) => void,
): Promise<Float32Array> {
  const { dimension } = await encoder.info()
  const vectors = new Float32Array(texts.length * dimension)
  for (let start = 0; start < texts.length; start += BATCH) {
    if (signal.aborted) throw failure('Cancelled', 'Adding was cancelled.')
    const batch = texts.slice(start, start + BATCH)
    const rows = await encoder.encode(batch, 'document')
    if (rows.length !== batch.length * dimension) {
      throw failure(
        'EncoderFailed',
        `The model gave ${rows.length} numbers for ${batch.length} passages of ${dimension}.`,
      )
    }
    vectors.set(rows, start * dimension)
    progress(start + batch.length)
  }
  return vectors
}
