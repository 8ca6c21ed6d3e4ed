/** Rows of small whole numbers in place of f32: a row's scale times its codes is the row, nearly. */
export interface QuantisedRows {
  /** [rows×dimension], symmetric: −127 to 127, with 4 bits −7 to 7. */
  readonly codes: Int8Array
  /** One for each row. */
  readonly scales: Float32Array
}

export type Bits = 4 | 8

/** How far the largest values of a row may be cut down; with few steps, finer ones for the many are worth it. */
const SHRINKS: Readonly<Record<Bits, readonly number[]>> = {
  8: [1],
  4: [1, 0.95, 0.9, 0.85, 0.8, 0.75, 0.7, 0.65, 0.6, 0.55, 0.5],
}

/** Each row gets the scale, of those that `SHRINKS` offers, with the least squared error; a row of zeros has the scale 0. */
export function quantiseRows(rows: Float32Array, dimension: number, bits: Bits = 8): QuantisedRows {
  const most = 2 ** (bits - 1) - 1
  const codes = new Int8Array(rows.length)
  const scales = new Float32Array(rows.length / dimension)
  for (let row = 0; row < scales.length; row++) {
    const values = rows.subarray(row * dimension, (row + 1) * dimension)
    const largest = values.reduce((size, value) => Math.max(size, Math.abs(value)), 0)
    if (largest === 0) continue
    const scale = bestScale(values, largest, SHRINKS[bits], most)
    scales[row] = scale
    values.forEach((value, d) => (codes[row * dimension + d] = codeOf(value, scale, most)))
  }
  return { codes, scales }
}

/** Root of the mean squared error of a row, relative to its length, over the rows that are not zero. */
export function quantisationLoss(rows: Float32Array, { codes, scales }: QuantisedRows): number {
  const dimension = rows.length / scales.length
  let [sum, count] = [0, 0]
  for (const [row, scale] of scales.entries()) {
    let [error, length] = [0, 0]
    for (let at = row * dimension; at < (row + 1) * dimension; at++) {
      error += ((rows[at] ?? 0) - scale * (codes[at] ?? 0)) ** 2
      length += (rows[at] ?? 0) ** 2
    }
    if (length === 0) continue
    sum += error / length
    count++
  }
  return count === 0 ? 0 : Math.sqrt(sum / count)
}

/**
 * Two 4-bit codes a byte, each plus 8: a row's first half in the low four bits, its second half in the high four, so that
 * either half comes out in one piece.
 */
export function packHalves(codes: Int8Array, dimension: number): Uint8Array {
  const half = dimension / 2
  const packed = new Uint8Array(codes.length / 2)
  for (let at = 0; at < packed.length; at++) {
    const first = Math.floor(at / half) * dimension + (at % half)
    packed[at] = (codes[first] ?? 0) + 8 + 16 * ((codes[first + half] ?? 0) + 8)
  }
  return packed
}

function bestScale(values: Float32Array, largest: number, shrinks: readonly number[], most: number): number {
  let best = largest / most
  let least = Infinity
  for (const shrink of shrinks) {
    const scale = Math.fround((shrink * largest) / most)
    let error = 0
    for (const value of values) error += (value - scale * codeOf(value, scale, most)) ** 2
    if (error < least) [best, least] = [scale, error]
  }
  return best
}

function codeOf(value: number, scale: number, most: number): number {
  return Math.max(-most, Math.min(most, Math.round(value / scale)))
}
