/** Which variant of the search kernels this engine runs, and runs rightly. */
import { type KernelVariant, takesRelaxedKernels } from './load-search-kernels.ts'
import { createSearchKernels } from './search-kernels.ts'

let chosen: KernelVariant | undefined

/** The fastest variant that can be trusted here; finds out once for each thread. */
export function bestKernelVariant(): KernelVariant {
  chosen ??= takesRelaxedKernels() && countsRightly('relaxed') ? 'relaxed' : 'simd'
  return chosen
}

const DIMENSION = 64
/** Rounding to 7 bits takes no more from the products below; wrong code is off by whole units. */
const LARGEST_ERROR = 0.5

/**
 * Compares rough products with true ones. V8's baseline compiler, which runs all code at first, computed the relaxed
 * integer dot product wrongly in version 11.3, while its optimising compiler, which takes over later, was right.
 */
function countsRightly(variant: KernelVariant): boolean {
  const kernels = createSearchKernels({ dimension: DIMENSION, hasGraph: false, variant })
  const slots = Uint32Array.of(0, 1, 2, 3)
  if (!kernels.reserve(slots.length)) return false
  for (const slot of slots) kernels.write(slot, wave(slot + 1))
  kernels.setQuery(wave(2))
  const rough = kernels.scan(slots.length, slots.length)
  const scores = kernels.score(rough.slots)
  return rough.similarities.every(
    (similarity, i) => Math.abs(similarity - (scores[i] as number)) < LARGEST_ERROR,
  )
}

/** Values from -1 to 1, of either sign. */
function wave(frequency: number): Float32Array {
  return Float32Array.from({ length: DIMENSION }, (_, i) => Math.sin(frequency * (i + 1)))
}
