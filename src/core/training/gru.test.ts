import { describe, expect, it } from 'vitest'
import fixture from '../../../training/fixtures/gru.json' with { type: 'json' }
import { createArena } from './arena.ts'
import { pullGruBack } from './gru-backward.ts'
import { runGru } from './gru-forward.ts'
import { gruLength, gruRoom, gruWeights, layOutGru } from './gru.ts'
import type { GruShape, GruWeights, GruWork } from './gru.ts'
import {
  layOutSequences,
  packSequences,
  placesOf,
  sequenceNumbers,
  sequenceRoom,
} from './packed-sequences.ts'
import type { PackedSequences } from './packed-sequences.ts'
import { plainKernels } from './plain-kernels.ts'
import { createRandom } from './random.ts'

interface Layer {
  readonly weights: GruWeights
  readonly work: GruWork
  readonly packed: PackedSequences
  /** One row for each piece of all texts. */
  readonly table: Float32Array
  readonly last: Float32Array
}

/** A layer over texts of these lengths, every piece of them with a row of its own. */
function makeLayer(shape: GruShape, lengths: readonly number[]): Layer {
  const room = sequenceRoom(lengths.length, Math.max(...lengths))
  const arena = createArena(new ArrayBuffer(8 * (sequenceNumbers(room) + gruRoom(shape, room))))
  const packed = layOutSequences(arena, room)
  const pieces = lengths.reduce((sum, length) => sum + length, 0)
  const ids = Int32Array.from({ length: pieces }, (_, i) => i)
  const offsets = Int32Array.of(
    0,
    ...lengths.map((_, i) => lengths.slice(0, i + 1).reduce((sum, n) => sum + n, 0)),
  )
  const bags = { ids, factors: new Float32Array(pieces).fill(1), offsets }
  packSequences(bags, { first: 0, last: lengths.length }, packed)
  return {
    weights: gruWeights(new Float32Array(gruLength(shape)), shape),
    work: layOutGru(arena, shape, room),
    packed,
    table: new Float32Array(pieces * shape.inputs),
    last: new Float32Array(lengths.length * shape.hidden).fill(9),
  }
}

function forward({ weights, work, packed, table, last }: Layer): Float32Array {
  const ones = new Float32Array(table.length / work.shape.inputs).fill(1)
  const bags = placesOf(packed)
  plainKernels.sumBags(table, ones, bags, work.inputs, { first: 0, last: bags.count })
  runGru(plainKernels, weights, work, packed, last)
  return last
}

/** Gradients of Σ slopes · last: of the weights, and of the rows of the table. */
function backward(layer: Layer, slopes: Float32Array): { weights: GruWeights; table: Float32Array } {
  const { work, packed, table } = layer
  const gradient = gruWeights(new Float32Array(gruLength(work.shape)).fill(5), work.shape)
  forward(layer)
  pullGruBack(plainKernels, layer.weights, work, packed, slopes, gradient)
  const rows = new Float32Array(table.length)
  const { ids, offsets, count } = placesOf(packed)
  const width = work.shape.inputs
  for (let place = 0; place < count; place++) {
    const row = work.inputs.subarray(place * width, (place + 1) * width)
    for (const id of ids.subarray(offsets[place], offsets[place + 1])) rows.set(row, id * width)
  }
  return { weights: gradient, table: rows }
}

const NAMES = {
  input: 'weight_ih_l0',
  recurrent: 'weight_hh_l0',
  inputBias: 'bias_ih_l0',
  recurrentBias: 'bias_hh_l0',
} as const
const PARTS = ['input', 'recurrent', 'inputBias', 'recurrentBias'] as const

function layerOfFixture(): Layer {
  const layer = makeLayer(fixture, fixture.lengths)
  for (const part of PARTS) layer.weights[part].set(fixture.weights[NAMES[part]])
  layer.table.set(fixture.texts.flat())
  return layer
}

function expectNear(got: Float32Array, expected: readonly number[]): void {
  expect(got.length).toBe(expected.length)
  expected.forEach((value, i) => expect(Math.abs((got[i] ?? Number.NaN) - value)).toBeLessThan(2e-5))
}

describe('gated recurrent units', () => {
  it('end in the states that PyTorch ends in', () => {
    expectNear(forward(layerOfFixture()), fixture.last)
  })

  it('have the gradients that PyTorch has', () => {
    const { weights, table } = backward(layerOfFixture(), Float32Array.from(fixture.slopes))
    for (const part of PARTS) expectNear(weights[part], fixture.gradients[NAMES[part]])
    expectNear(table, fixture.textGradients.flat())
  })

  it.each([1, 2, 3])('have the gradients that finite differences show, seed %i', seed => {
    const random = createRandom(seed)
    const layer = makeLayer({ inputs: 3, hidden: 2 }, [4, 0, 2, 5, 2])
    const { weights, table } = layer
    const parts = [...PARTS.map(part => weights[part]), table]
    for (const values of parts) values.forEach((_, i) => (values[i] = random.normal()))
    const slopes = Float32Array.from(layer.last, () => random.normal())
    const gradients = backward(layer, slopes)
    const value = (): number => forward(layer).reduce((sum, state, i) => sum + state * (slopes[i] ?? 0), 0)
    for (const [p, gradient] of [...PARTS.map(part => gradients.weights[part]), gradients.table].entries()) {
      const values = parts[p] ?? new Float32Array(0)
      for (const [i, kept] of values.entries()) {
        values[i] = kept + 1e-2
        const above = value()
        values[i] = kept - 1e-2
        const slope = (above - value()) / 2e-2
        values[i] = kept
        expect(Math.abs(slope - (gradient[i] ?? Number.NaN))).toBeLessThan(2e-3)
      }
    }
  })

  it('end in zeros for a text without a piece, and take no gradient from it', () => {
    const layer = makeLayer({ inputs: 3, hidden: 2 }, [0, 0])
    expect([...forward(layer)]).toEqual([0, 0, 0, 0])
    const { weights } = backward(layer, Float32Array.of(1, 2, 3, 4))
    for (const part of PARTS) expect(weights[part].every(value => value === 0)).toBe(true)
  })
})
