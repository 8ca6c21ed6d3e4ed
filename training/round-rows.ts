import { quantiseRows } from '../src/core/training/quantise-rows.ts'
import { reluHeadParts } from '../src/core/training/relu-head.ts'
import type { HeadPlan } from '../src/core/training/training-shape.ts'

/** In place, to numbers that int8 with a scale a row holds exactly, so that an export can be compared to the last digit. */
export function roundRows(rows: Float32Array, width: number): void {
  const { codes, scales } = quantiseRows(rows, width)
  codes.forEach((code, i) => (rows[i] = code * (scales[Math.floor(i / width)] ?? 0)))
}

/** The same for the matrices of a head. */
export function roundHead(values: Float32Array, kind: HeadPlan['kind'], dimension: number): void {
  const matrices = kind === 'linear' ? [values] : reluHeadParts(values, dimension).matrices
  for (const matrix of matrices) roundRows(matrix, dimension)
}
