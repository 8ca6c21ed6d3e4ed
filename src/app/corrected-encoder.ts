import type { Encoder } from '../core/ports/encoder.ts'
import { correctRows } from '../core/training/correction.ts'

/**
 * `encoder`, with a learned correction behind its query tower; documents stay as they are. The shipped head answers while
 * there is none.
 * @param correction [dimension×dimension]; asked for anew with each call, so that a version takes effect at once.
 */
export function createCorrectedEncoder(
  encoder: Encoder,
  correction: () => Float32Array | undefined,
): Encoder {
  return {
    ...encoder,
    async encode(texts, tower) {
      const vectors = await encoder.encode(texts, tower)
      const matrix = tower === 'query' ? correction() : undefined
      return matrix === undefined ? vectors : correctRows(matrix, vectors)
    },
  }
}
