import { describe, expect, it } from 'vitest'
import type { HeadRows } from './head.ts'
import { plainKernels } from './plain-kernels.ts'
import { createRandom } from './random.ts'
import { createReluHead, reluHeadParts } from './relu-head.ts'

const DIMENSION = 8
const TEXTS = 3
const ALL = { first: 0, last: TEXTS }

const random = createRandom(3)
const normal = (length: number) => Float32Array.from({ length }, () => random.normal())

function makeRows(dropout: number): HeadRows {
  const head = createReluHead(DIMENSION, dropout)
  const values = new Float32Array(head.size)
  head.initialise(values, random)
  const { gains, shifts } = reluHeadParts(values, DIMENSION)
  for (const part of [...gains, ...shifts]) part.set(normal(DIMENSION))
  const rows = () => normal(TEXTS * DIMENSION)
  const [input, output, outputGradient, inputGradient] = [rows(), rows(), rows(), rows()]
  return { values, input, output, outputGradient, inputGradient, kept: new Float32Array(TEXTS * head.kept) }
}

/** One row as one would write it down, without dropout. */
function applyHead(values: Float32Array, input: readonly number[]): number[] {
  const { matrices, gains, shifts } = reluHeadParts(values, DIMENSION)
  const multiply = (matrix: Float32Array, row: readonly number[]) =>
    row.map((_, j) => row.reduce((sum, value, d) => sum + value * (matrix[j * DIMENSION + d] ?? 0), 0))
  let row = [...input]
  for (const layer of [0, 1] as const) {
    const inner = multiply(matrices[layer], row)
    const mean = inner.reduce((sum, value) => sum + value / DIMENSION, 0)
    const variance = inner.reduce((sum, value) => sum + (value - mean) ** 2 / DIMENSION, 0)
    const unit = inner.map(value => (value - mean) / Math.sqrt(variance + 1e-5))
    row = unit.map((value, d) => Math.max(0, value * (gains[layer][d] ?? 0) + (shifts[layer][d] ?? 0)))
  }
  return multiply(matrices[2], row)
}

describe('the head of three layers', () => {
  it('gives what the formula gives', () => {
    const rows = makeRows(0.5)
    createReluHead(DIMENSION, 0.5).forward(plainKernels, rows, ALL)
    const expected = [0, 1, 2].flatMap(i =>
      applyHead(rows.values, [...rows.input.subarray(i * DIMENSION, (i + 1) * DIMENSION)]),
    )
    expected.forEach((value, at) => expect(rows.output[at]).toBeCloseTo(value, 4))
  })

  it.each([0, 0.4])('has the gradients that finite differences show, dropout %f', dropout => {
    const head = createReluHead(DIMENSION, dropout)
    const rows = makeRows(dropout)
    const gradient = new Float32Array(head.size)
    const loss = () => {
      head.forward(plainKernels, rows, ALL, 7)
      return rows.output.reduce((sum, value, at) => sum + value * (rows.outputGradient[at] ?? 0), 0)
    }
    loss()
    head.backward(plainKernels, rows, ALL, gradient)
    const parts = [
      [rows.values, gradient.slice()],
      [rows.input, rows.inputGradient.slice()],
    ] as const
    let compared = 0
    for (const [values, slopes] of parts) {
      for (let at = 0; at < values.length; at++) {
        const kept = values[at] ?? 0
        const moved = [-2e-3, 2e-3].map(by => {
          values[at] = kept + by
          return loss()
        })
        values[at] = kept
        const slope = ((moved[1] ?? 0) - (moved[0] ?? 0)) / 4e-3
        const wrong = Math.abs(slope - (slopes[at] ?? 0)) / (1 + Math.abs(slope))
        expect(wrong).toBeLessThan(1e-2)
        if (Math.abs(slope) > 0.1) compared++
      }
    }
    expect(compared).toBeGreaterThan(100)
  })

  it('drops about the share asked for, the same with the same noise, nothing without', () => {
    const head = createReluHead(DIMENSION, 0.5)
    const rows = makeRows(0.5)
    const run = (noise?: number) => {
      head.forward(plainKernels, rows, ALL, noise)
      return [...rows.output]
    }
    expect(run(1)).toEqual(run(1))
    expect(run(1)).not.toEqual(run(2))
    expect(run()).not.toEqual(run(1))
    const runs = Array.from({ length: 4000 }, (_, i) => {
      run(i)
      return [...rows.kept.subarray(TEXTS * DIMENSION, 2 * TEXTS * DIMENSION)]
    })
    run()
    const whole = rows.kept.subarray(TEXTS * DIMENSION, 2 * TEXTS * DIMENSION)
    whole.forEach((value, at) => {
      const mean = runs.reduce((sum, values) => sum + (values[at] ?? 0) / runs.length, 0)
      expect(Math.abs(mean - value)).toBeLessThan(0.08 * (1 + value))
    })
  })
})
