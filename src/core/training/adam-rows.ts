/** Steps of Adam (Kingma and Ba 2015) on parts of parameters. */
import { ADAM } from './kernels.ts'
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

/** The same for a range of any length: the kernels take four numbers at a time, and what is left goes one by one. */
export function updateRaggedRange(
  kernels: TrainingKernels,
  parameter: Parameter,
  { first, last }: Range,
  rate: number,
): void {
  const whole = last - ((last - first) % 4)
  updateRange(kernels, parameter, { first, last: whole }, rate)
  for (let i = whole; i < last; i++) updateNumber(parameter, i, rate)
}

function updateNumber({ values, gradient, moments }: Parameter, index: number, rate: number): void {
  const g = gradient[index] ?? 0
  const m = ADAM.beta1 * (moments.first[index] ?? 0) + (1 - ADAM.beta1) * g
  const v = ADAM.beta2 * (moments.second[index] ?? 0) + (1 - ADAM.beta2) * g * g
  moments.first[index] = m
  moments.second[index] = v
  values[index] = (values[index] ?? 0) - (rate * m) / (Math.sqrt(v) + ADAM.epsilon)
}
