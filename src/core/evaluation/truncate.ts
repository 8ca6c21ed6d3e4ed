import { normalised } from '../vector.ts'

/**
 * The first `kept` numbers of each row, at length 1 again, as a model with Matryoshka dimensions is meant to be used
 * (Kusupati et al., 2022).
 * @throws Error unless `kept` is a whole number from 1 to `dimension`.
 */
export function truncateRows(rows: Float32Array, dimension: number, kept: number): Float32Array {
  if (!(Number.isInteger(kept) && kept >= 1 && kept <= dimension)) {
    throw new Error(`expected a whole number of dimensions from 1 to ${dimension}, got ${kept}`)
  }
  const count = rows.length / dimension
  const shorter = new Float32Array(count * kept)
  for (let row = 0; row < count; row++) {
    shorter.set(normalised(rows.subarray(row * dimension, row * dimension + kept)), row * kept)
  }
  return shorter
}
