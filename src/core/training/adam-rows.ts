/** Steps of Adam (Kingma and Ba 2015) on parts of parameters. */
import type { Range, TrainingKernels } from './kernels.ts'
import type { Parameter } from './tower-state.ts'

/** Numbers `first` to `last` − 1 of a parameter, from its gradient. */
export function updateRange(
  kernels: TrainingKernels,
  parameter: Parameter,
  { first, last }: Range,
  rate: number,
): void {
  const moments = {
    first: parameter.moments.first.subarray(first, last),
    second: parameter.moments.second.subarray(first, last),
  }
  const gradient = parameter.gradient.subarray(first, last)
  kernels.adam(parameter.values.subarray(first, last), gradient, moments, rate)
}

/** The same, from the sum of the gradients that the threads have found. */
export function updateSum(
  kernels: TrainingKernels,
  parameter: Parameter,
  parts: readonly Float32Array[],
  range: Range,
  rate: number,
): void {
  for (let i = range.first; i < range.last; i++) {
    let sum = 0
    for (const part of parts) sum += part[i] ?? 0
    parameter.gradient[i] = sum
  }
  updateRange(kernels, parameter, range, rate)
}

/** One number that has a gradient only where a text touched it; the gradient is 0 again afterwards. Returns the number. */
export function updateNumber({ values, gradient, moments }: Parameter, index: number, rate: number): number {
  const g = gradient[index] ?? 0
  const m = 0.9 * (moments.first[index] ?? 0) + 0.1 * g
  const v = 0.999 * (moments.second[index] ?? 0) + 0.001 * g * g
  moments.first[index] = m
  moments.second[index] = v
  const value = (values[index] ?? 0) - (rate * m) / (Math.sqrt(v) + 1e-8)
  values[index] = value
  gradient[index] = 0
  return value
}
