/** The kernels as one would write them down: slow, and of any shape. */
import { ADAM } from './kernels.ts'
import type { TrainingKernels } from './kernels.ts'

export const plainKernels: TrainingKernels = {
  multiplyTransposed(a, b, c, { m, n, k }) {
    for (let i = 0; i < m; i++) {
      for (let j = 0; j < n; j++) {
        let sum = 0
        for (let p = 0; p < k; p++) sum += at(a, i * k + p) * at(b, j * k + p)
        c[i * n + j] = sum
      }
    }
  },

  multiply(a, strides, b, c, { m, n, k }) {
    for (let i = 0; i < m; i++) {
      for (let j = 0; j < n; j++) {
        let sum = 0
        for (let p = 0; p < k; p++) sum += at(a, i * strides.row + p * strides.column) * at(b, p * n + j)
        c[i * n + j] = sum
      }
    }
  },

  exponentiate(scores, sharpness, rowSums, columnSums) {
    const columns = columnSums.length
    rowSums.fill(0)
    for (let at0 = 0; at0 < scores.length; at0++) {
      const e = Math.exp(sharpness * (at(scores, at0) - 1))
      scores[at0] = e
      add(rowSums, Math.floor(at0 / columns), e)
      add(columnSums, at0 % columns, e)
    }
  },

  weighExponentials(scores, scale, rowFactors, columnFactors) {
    const columns = columnFactors.length
    for (let at0 = 0; at0 < scores.length; at0++) {
      const factor = at(rowFactors, Math.floor(at0 / columns)) + at(columnFactors, at0 % columns)
      scores[at0] = scale * at(scores, at0) * factor
    }
  },

  sumBags(table, weights, bags, sums, { first, last }) {
    const dimension = table.length / weights.length
    for (let i = first; i < last; i++) {
      sums.fill(0, i * dimension, (i + 1) * dimension)
      for (let t = at(bags.offsets, i); t < at(bags.offsets, i + 1); t++) {
        const id = at(bags.ids, t)
        const weight = at(bags.factors, t) * at(weights, id)
        for (let d = 0; d < dimension; d++) {
          add(sums, i * dimension + d, weight * at(table, id * dimension + d))
        }
      }
    }
  },

  spreadGradients(table, weights, bags, sumGradients, gradients, share) {
    const dimension = table.length / weights.length
    const { touched } = gradients
    for (let i = 0; i < bags.count; i++) {
      for (let t = at(bags.offsets, i); t < at(bags.offsets, i + 1); t++) {
        const id = at(bags.ids, t)
        if (id % share.count !== share.index) continue
        if (touched.stamps[id] !== touched.stamp) {
          touched.stamps[id] = touched.stamp
          touched.list[touched.length++] = id
          gradients.table.fill(0, id * dimension, (id + 1) * dimension)
        }
        const weight = at(bags.factors, t) * at(weights, id)
        let dot = 0
        for (let d = 0; d < dimension; d++) {
          const gradient = at(sumGradients, i * dimension + d)
          add(gradients.table, id * dimension + d, weight * gradient)
          dot += at(table, id * dimension + d) * gradient
        }
        add(gradients.weights, id, weight * dot)
      }
    }
  },

  adam(values, gradient, { first, second }, rate) {
    const { beta1, beta2, epsilon } = ADAM
    for (let i = 0; i < values.length; i++) {
      const g = at(gradient, i)
      const m = beta1 * at(first, i) + (1 - beta1) * g
      const v = beta2 * at(second, i) + (1 - beta2) * g * g
      first[i] = m
      second[i] = v
      values[i] = at(values, i) - (rate * m) / (Math.sqrt(v) + epsilon)
    }
  },
}

function at(values: Float32Array | Int32Array, index: number): number {
  return values[index] ?? 0
}

function add(values: Float32Array, index: number, amount: number): void {
  values[index] = at(values, index) + amount
}
