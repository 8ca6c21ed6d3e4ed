import { readFile } from 'node:fs/promises'
import { beforeAll, describe, expect, it } from 'vitest'
import { createArena } from '../core/training/arena.ts'
import type { TrainingKernels } from '../core/training/kernels.ts'
import { plainKernels } from '../core/training/plain-kernels.ts'
import { createRandom } from '../core/training/random.ts'
import { buildTrainingKernels } from '../../tools/build-training-kernels.mjs'
import { loadTrainingKernels } from './training-kernels.ts'

const PAGES = 64

let fast: TrainingKernels
let memory: WebAssembly.Memory

beforeAll(async () => {
  await buildTrainingKernels()
  memory = new WebAssembly.Memory({ initial: PAGES, maximum: PAGES, shared: true })
  const wasm = new Uint8Array(await readFile(new URL('./build/training.wasm', import.meta.url)))
  fast = await loadTrainingKernels(wasm, memory)
})

/** Runs the same work with both and hands back what each wrote. */
function both(
  work: (kernels: TrainingKernels, make: Make) => Float32Array[],
): [Float32Array[], Float32Array[]] {
  const results = [plainKernels, fast].map(kernels => {
    const arena = createArena(memory.buffer, 4096)
    const random = createRandom(7)
    const make = {
      values: (length: number) => fill(arena.float32(length), random.normal),
      zeros: (length: number) => arena.float32(length).fill(0),
      ids: (values: number[]) => {
        const view = arena.int32(values.length)
        view.set(values)
        return view
      },
    }
    return work(kernels, make).map(array => Float32Array.from(array))
  })
  return [results[0] ?? [], results[1] ?? []]
}

interface Make {
  values(length: number): Float32Array
  zeros(length: number): Float32Array
  ids(values: number[]): Int32Array
}

function fill(view: Float32Array, next: () => number): Float32Array {
  for (let i = 0; i < view.length; i++) view[i] = next()
  return view
}

function expectNear([slow, quick]: [Float32Array[], Float32Array[]], tolerance: number): void {
  expect(quick.length).toBe(slow.length)
  for (const [n, array] of slow.entries()) {
    for (const [i, value] of array.entries()) {
      const difference = Math.abs(value - (quick[n]?.[i] ?? Number.NaN))
      expect(difference, `array ${n}, index ${i}`).toBeLessThan(tolerance * (1 + Math.abs(value)))
    }
  }
}

describe('the SIMD training kernels agree with the plain ones', () => {
  it.each([
    { m: 4, n: 4, k: 4 },
    { m: 20, n: 12, k: 8 },
    { m: 36, n: 28, k: 516 },
  ])('on products of $m × $n × $k', shape => {
    const { m, n, k } = shape
    expectNear(
      both((kernels, make) => {
        const [a, b, transposed, plain] = [
          make.values(m * k),
          make.values(n * k),
          make.zeros(m * n),
          make.zeros(m * n),
        ]
        kernels.multiplyTransposed(a, b, transposed, shape)
        kernels.multiply(a, { row: k, column: 1 }, b, plain, shape)
        const flipped = make.zeros(m * n)
        kernels.multiply(a, { row: 1, column: m }, b, flipped, shape)
        return [transposed, plain, flipped]
      }),
      1e-4,
    )
  })

  it('on exponentials, their sums and their weights', () => {
    expectNear(
      both((kernels, make) => {
        const scores = make.values(12 * 8).map(value => Math.tanh(value))
        const inPlace = make.zeros(12 * 8)
        inPlace.set(scores)
        const [rowSums, columnSums] = [make.zeros(12), make.zeros(8)]
        kernels.exponentiate(inPlace, 20, rowSums, columnSums)
        const exponentials = Float32Array.from(inPlace)
        kernels.weighExponentials(inPlace, 0.25, rowSums, columnSums)
        return [exponentials, rowSums, columnSums, inPlace]
      }),
      1e-5,
    )
  })

  it('on bags, an empty one among them, and their gradients', () => {
    expectNear(
      both((kernels, make) => {
        const table = make.values(9 * 8)
        const weights = make.values(9)
        const bags = {
          factors: make.values(6),
          ids: make.ids([0, 3, 3, 8, 5, 1]),
          offsets: make.ids([0, 3, 3, 6]),
          count: 3,
        }
        const sums = make.zeros(3 * 8)
        kernels.sumBags(table, weights, bags, sums, { first: 0, last: 3 })
        const gradients = { table: make.values(9 * 8), weights: make.zeros(9) }
        const touched = {
          stamps: make.ids([0, 0, 0, 0, 0, 0, 0, 0, 0]),
          list: make.ids([0, 0, 0, 0, 0]),
          length: 0,
          stamp: 1,
        }
        kernels.spreadGradients(table, weights, bags, sums, { ...gradients, touched }, { index: 1, count: 2 })
        return [
          sums,
          gradients.table,
          gradients.weights,
          Float32Array.from(touched.list),
          Float32Array.of(touched.length),
        ]
      }),
      1e-5,
    )
  })

  it('on a step of Adam', () => {
    expectNear(
      both((kernels, make) => {
        const [values, gradient, first, second] = [
          make.values(12),
          make.values(12),
          make.values(12),
          make.zeros(12),
        ]
        kernels.adam(values, gradient, { first, second }, 0.1)
        return [values, first, second]
      }),
      1e-5,
    )
  })

  it('and refuse an array of another memory', () => {
    const stranger = new Float32Array(16)
    expect(() => fast.multiplyTransposed(stranger, stranger, stranger, { m: 4, n: 4, k: 4 })).toThrow(
      'memory',
    )
  })
})
