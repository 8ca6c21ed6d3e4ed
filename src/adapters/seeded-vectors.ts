/** Vectors for tests and benchmarks: the same for the same seed. */
import { createRandom } from '../core/training/random.ts'
import { normalised } from '../core/vector.ts'

/** 0, 1, 2 … */
export function keysUpTo(count: number): Uint32Array {
  return Uint32Array.from({ length: count }, (_, i) => i)
}

/** Unit rows without a pattern, the same for the same seed. */
export function rowsOf(count: number, dimension: number, seed: number): Float32Array {
  const random = createRandom(seed)
  return unitRows(count, dimension, () => random.next() - 0.5)
}

/** Unit rows in clusters, as embeddings lie: each near one of `clusters` centres. */
export function clusteredRows(
  count: number,
  dimension: number,
  { clusters, seed }: { readonly clusters: number; readonly seed: number },
): Float32Array {
  const random = createRandom(seed)
  const centres = unitRows(clusters, dimension, random.normal)
  const spread = 0.9 / Math.sqrt(dimension)
  const rows = new Float32Array(count * dimension)
  for (let row = 0; row < count; row++) {
    const centre = random.below(clusters) * dimension
    const noisy = centres.slice(centre, centre + dimension).map(value => value + spread * random.normal())
    rows.set(normalised(noisy), row * dimension)
  }
  return rows
}

function unitRows(count: number, dimension: number, value: () => number): Float32Array {
  const rows = new Float32Array(count * dimension)
  for (let row = 0; row < count; row++) {
    rows.set(normalised(Float32Array.from({ length: dimension }, value)), row * dimension)
  }
  return rows
}
