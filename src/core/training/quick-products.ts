/** The two products of `TrainingKernels` without SIMD or a memory of their own, in the order that caches like. */
import type { TrainingKernels } from './kernels.ts'

export const quickProducts: Pick<TrainingKernels, 'multiply' | 'multiplyTransposed'> = {
  multiplyTransposed(a, b, c, { m, n, k }) {
    for (let i = 0; i < m; i++) {
      for (let j = 0; j < n; j++) c[i * n + j] = dotOfRows(a, i * k, b, j * k, k)
    }
  },

  /** What is zero in `a`, such as the gradient of what a row was not offered, costs nothing. */
  multiply(a, strides, b, c, { m, n, k }) {
    c.fill(0, 0, m * n)
    for (let i = 0; i < m; i++) {
      for (let p = 0; p < k; p++) {
        const factor = a[i * strides.row + p * strides.column] as number
        if (factor !== 0) addRow(c, i * n, b, p * n, n, factor)
      }
    }
  },
}

/** Four sums, so that none waits for the one before. */
function dotOfRows(a: Float32Array, at: number, b: Float32Array, bt: number, length: number): number {
  let [s0, s1, s2, s3] = [0, 0, 0, 0]
  let i = 0
  for (; i + 3 < length; i += 4) {
    s0 += (a[at + i] as number) * (b[bt + i] as number)
    s1 += (a[at + i + 1] as number) * (b[bt + i + 1] as number)
    s2 += (a[at + i + 2] as number) * (b[bt + i + 2] as number)
    s3 += (a[at + i + 3] as number) * (b[bt + i + 3] as number)
  }
  for (; i < length; i++) s0 += (a[at + i] as number) * (b[bt + i] as number)
  return s0 + s1 + s2 + s3
}

function addRow(
  c: Float32Array,
  ct: number,
  b: Float32Array,
  bt: number,
  length: number,
  factor: number,
): void {
  for (let j = 0; j < length; j++) c[ct + j] = (c[ct + j] as number) + factor * (b[bt + j] as number)
}
