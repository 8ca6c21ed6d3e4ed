import * as ort from 'onnxruntime-web'
import { describe, expect, it } from 'vitest'
import { repeatFactor } from '../src/core/model/batching.ts'
import { plainKernels } from '../src/core/training/plain-kernels.ts'
import { createReluHead } from '../src/core/training/relu-head.ts'
import { packHalves, quantisationLoss, quantiseRows } from '../src/core/training/quantise-rows.ts'
import type { Bits, QuantisedRows } from '../src/core/training/quantise-rows.ts'
import { createRandom } from '../src/core/training/random.ts'
import type { HeadNumbers } from './head-graph.ts'
import { roundHead } from './round-rows.ts'
import { writeTowerGraph } from './tower-graph.ts'

const VOCABULARY = 12
const DIMENSION = 8

const random = createRandom(11)
const values = (length: number) => Float32Array.from({ length }, () => random.normal())
const table = values(VOCABULARY * DIMENSION)
const weights = values(VOCABULARY).map(Math.abs)
const linear = values(DIMENSION * DIMENSION)
const relu = values(createReluHead(DIMENSION, 0.1).size)
roundHead(linear, 'linear', DIMENSION)
roundHead(relu, 'relu', DIMENSION)

async function openGraph(head: HeadNumbers, bits: Bits, { codes, scales }: QuantisedRows) {
  const scaled = weights.map((weight, id) => weight * (scales[id] ?? 0))
  const shape = { vocabulary: VOCABULARY, dimension: DIMENSION, table: { file: 't.bin', bits } }
  const graph = writeTowerGraph({ ...shape, weights: scaled, head })
  const data = bits === 8 ? new Uint8Array(codes.buffer) : packHalves(codes, DIMENSION)
  const externalData = [{ path: 't.bin', data }]
  return ort.InferenceSession.create(graph, { executionProviders: ['wasm'], externalData })
}

type ApplyHead = (row: readonly number[]) => number[]

/** The tower as one would write it down. */
function embed(counts: ReadonlyMap<number, number>, head: ApplyHead, table: QuantisedRows): number[] {
  const { codes, scales } = table
  const sum = Array.from({ length: DIMENSION }, (_, d) =>
    [...counts].reduce((sum, [id, count]) => {
      const value = (codes[id * DIMENSION + d] ?? 0) * (scales[id] ?? 0)
      return sum + repeatFactor(count) * (weights[id] ?? 0) * value
    }, 0),
  )
  return unit(head(unit(sum)))
}

function applyLinear(row: readonly number[]): number[] {
  return row.map((_, i) => row.reduce((sum, value, d) => sum + value * (linear[i * DIMENSION + d] ?? 0), 0))
}

/** As in training, where it is checked against its formula; zeros stay zeros. */
function applyRelu(row: readonly number[]): number[] {
  if (row.every(value => value === 0)) return [...row]
  const head = createReluHead(DIMENSION, 0.1)
  const room = (): Float32Array => new Float32Array(DIMENSION)
  const rows = {
    values: relu,
    input: Float32Array.from(row),
    output: room(),
    kept: new Float32Array(head.kept),
  }
  const gradients = { outputGradient: room(), inputGradient: room() }
  head.forward(plainKernels, { ...rows, ...gradients }, { first: 0, last: 1 })
  return [...rows.output]
}

function unit(row: readonly number[]): number[] {
  const length = Math.hypot(...row)
  return row.map(value => (length === 0 ? 0 : value / length))
}

describe('a tower’s graph', () => {
  it.each([
    ['linear', 4, linear, applyLinear],
    ['linear', 8, linear, applyLinear],
    ['relu', 8, relu, applyRelu],
  ] as const)(
    'gives what the formula gives with a %s head and %i bits, padding and empty texts included',
    async (kind, bits, numbers, apply) => {
      const quantised = quantiseRows(table, DIMENSION, bits)
      const session = await openGraph({ kind, dimension: DIMENSION, values: numbers }, bits, quantised)
      const ids = BigInt64Array.from([3n, 7n, 9n, 5n, 0n, 0n, 0n, 0n, 0n])
      const mask = BigInt64Array.from([1n, 4n, 2n, 1n, 0n, 0n, 0n, 0n, 0n])
      const { embedding } = await session.run({
        input_ids: new ort.Tensor('int64', ids, [3, 3]),
        attention_mask: new ort.Tensor('int64', mask, [3, 3]),
      })
      expect(embedding?.dims).toEqual([3, DIMENSION])
      const got = Array.from(embedding?.data as Float32Array)
      const texts = [
        [
          [3, 1],
          [7, 4],
          [9, 2],
        ],
        [[5, 1]],
        [],
      ] as const
      const expected = texts.flatMap(text => embed(new Map(text), apply, quantised))
      expected.forEach((value, i) => expect(got[i]).toBeCloseTo(value, 5))
      await session.release()
    },
  )
})

function lossWith(bits: Bits): number {
  return quantisationLoss(table, quantiseRows(table, DIMENSION, bits))
}

describe('quantiseRows', () => {
  it('is within half a step of every value with 8 bits', () => {
    const { codes, scales } = quantiseRows(table, DIMENSION)
    table.forEach((value, i) => {
      const scale = scales[Math.floor(i / DIMENSION)] ?? 0
      expect(Math.abs((codes[i] ?? 0) * scale - value)).toBeLessThanOrEqual(scale / 2 + 1e-6)
    })
  })

  it('keeps a row of zeros', () => {
    const zeros = new Float32Array(4)
    expect(quantiseRows(zeros, 4)).toEqual({ codes: new Int8Array(4), scales: new Float32Array(1) })
    expect(quantisationLoss(zeros, quantiseRows(zeros, 4))).toBe(0)
  })

  it('has 15 values in 4 bits', () => {
    const { codes, scales } = quantiseRows(Float32Array.of(-14, 8, 2, 0.9), 4, 4)
    expect([...codes]).toEqual([-7, 4, 1, 0])
    expect([...scales]).toEqual([2])
  })

  it('cuts one far value down where that serves the others', () => {
    const row = Float32Array.of(10, ...Array.from({ length: 999 }, (_, i) => (i % 7) - 3))
    const plain = Math.max(...row) / 7
    expect(quantiseRows(row, row.length, 4).scales[0]).toBeLessThan(plain)
  })

  it('loses more with 4 bits than with 8, and says how much', () => {
    expect(lossWith(8)).toBeGreaterThan(0)
    expect(lossWith(8)).toBeLessThan(0.01)
    expect(lossWith(4)).toBeGreaterThan(lossWith(8))
    expect(lossWith(4)).toBeLessThan(0.2)
    expect(
      quantisationLoss(Float32Array.of(3, 4), { codes: Int8Array.of(3, 0), scales: Float32Array.of(1) }),
    ).toBeCloseTo(0.8)
  })
})

describe('packHalves', () => {
  it('puts the second half of a row above the first, row by row', () => {
    const packed = packHalves(Int8Array.of(-7, 0, 7, 1, 2, 3, 4, -5), 4)
    expect([...packed].map(byte => [(byte & 15) - 8, (byte >> 4) - 8])).toEqual([
      [-7, 7],
      [0, 1],
      [2, 4],
      [3, -5],
    ])
  })
})
