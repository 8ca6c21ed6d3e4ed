import { createSearchKernels } from '../kernels/search-kernels.ts'
import { bestKernelVariant } from '../kernels/choose-kernel-variant.ts'
import { rowsOf } from './seeded-vectors.ts'

/** Enough to leave the inner caches of most devices; few enough to be made in some ten milliseconds. */
const ROWS = 16_384
/** Different rows among them; the others are copies, which cost the same. */
const DIFFERENT = 64
const TRIALS = 7

/**
 * Nanoseconds that a scan takes for each vector on this device: the fastest of a few scans of made-up vectors,
 * since whatever else the device does only adds to it.
 * @param now Milliseconds, as fine as there are.
 */
export function measureScanSpeed(dimension: number, now: () => number): number {
  const kernels = createSearchKernels({ dimension, hasGraph: false, variant: bestKernelVariant() })
  if (!kernels.reserve(ROWS)) throw new Error(`expected memory for ${ROWS} vectors to measure with, got none`)
  const rows = rowsOf(DIFFERENT, dimension, 1)
  for (let slot = 0; slot < ROWS; slot++) {
    const from = (slot % DIFFERENT) * dimension
    kernels.write(slot, rows.subarray(from, from + dimension))
  }
  kernels.setQuery(rows.subarray(0, dimension))
  const times = Array.from({ length: TRIALS }, () => {
    const began = now()
    kernels.scan(ROWS, 64)
    return now() - began
  })
  // Browsers that blur their clock to 0.1 ms may see nothing at all.
  return (Math.max(Math.min(...times), 0.02) * 1e6) / ROWS
}
