/** Searches the int8 vectors of the page's index alone, without the true scores that follow there. */
import { bestKernelVariant } from '../src/kernels/choose-kernel-variant.ts'
import { createSearchKernels } from '../src/kernels/search-kernels.ts'

export interface RoundedIndex {
  /** Rows of the best, best first; ties go to the earlier. */
  search(query: Float32Array, limit: number): { readonly keys: Uint32Array }
}

/** @param vectors Row-major, unit rows of `dimension`. @throws Error without memory for them. */
export function createRoundedIndex(vectors: Float32Array, dimension: number): RoundedIndex {
  const kernels = createSearchKernels({ dimension, hasGraph: false, variant: bestKernelVariant() })
  const count = vectors.length / dimension
  if (!kernels.reserve(count)) throw new Error(`expected memory for ${count} vectors, got none`)
  for (let row = 0; row < count; row++) {
    kernels.write(row, vectors.subarray(row * dimension, (row + 1) * dimension))
  }
  return {
    search(query, limit) {
      kernels.setQuery(query)
      const { slots, similarities } = kernels.scan(count, Math.min(limit, count))
      const found = Array.from(slots, (slot, i) => ({ slot, similarity: similarities[i] ?? 0 }))
      const best = found.toSorted((a, b) => b.similarity - a.similarity || a.slot - b.slot)
      return { keys: Uint32Array.from(best, ({ slot }) => slot) }
    },
  }
}
