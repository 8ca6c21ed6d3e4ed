/** Rows of small whole numbers in place of f32: a row's scale times its codes is the row, nearly. */
export interface QuantisedRows {
  readonly codes: Int8Array
  /** One for each row. */
  readonly scales: Float32Array
}

/** Symmetric, −127 to 127 (with 4 bits −7 to 7, one code a byte); a row of zeros has the scale 0. */
export function quantiseRows(rows: Float32Array, dimension: number, bits: 4 | 8 = 8): QuantisedRows {
  const most = 2 ** (bits - 1) - 1
  const codes = new Int8Array(rows.length)
  const scales = new Float32Array(rows.length / dimension)
  for (let row = 0; row < scales.length; row++) {
    const values = rows.subarray(row * dimension, (row + 1) * dimension)
    const largest = values.reduce((size, value) => Math.max(size, Math.abs(value)), 0)
    const scale = largest / most
    scales[row] = scale
    if (scale === 0) continue
    for (let d = 0; d < dimension; d++) codes[row * dimension + d] = Math.round((values[d] ?? 0) / scale)
  }
  return { codes, scales }
}
