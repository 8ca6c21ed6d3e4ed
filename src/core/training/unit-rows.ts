/** Rows scaled to length 1, and the gradient of that. */
import type { Range } from './kernels.ts'

/** In place; `lengths` keeps what the rows measured. A row of zeros stays one, with length 0. */
export function normaliseRows(
  rows: Float32Array,
  lengths: Float32Array,
  dimension: number,
  { first, last }: Range,
): void {
  for (let i = first; i < last; i++) {
    const start = i * dimension
    let sum = 0
    for (let d = start; d < start + dimension; d++) sum += (rows[d] ?? 0) ** 2
    const length = Math.sqrt(sum)
    lengths[i] = length
    if (length === 0) continue
    for (let d = start; d < start + dimension; d++) rows[d] = (rows[d] ?? 0) / length
  }
}

/** Turns the gradient of unit rows into that of the rows before: (g − u (u · g)) / length; 0 for a row of zeros. */
export function normaliseGradient(
  gradient: Float32Array,
  units: Float32Array,
  lengths: Float32Array,
  dimension: number,
  { first, last }: Range,
): void {
  for (let i = first; i < last; i++) {
    const start = i * dimension
    const length = lengths[i] ?? 0
    let dot = 0
    for (let d = start; d < start + dimension; d++) dot += (units[d] ?? 0) * (gradient[d] ?? 0)
    for (let d = start; d < start + dimension; d++) {
      gradient[d] = length === 0 ? 0 : ((gradient[d] ?? 0) - (units[d] ?? 0) * dot) / length
    }
  }
}
