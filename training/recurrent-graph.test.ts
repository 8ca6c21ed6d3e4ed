import * as ort from 'onnxruntime-web'
import { describe, expect, it } from 'vitest'
import { createArena } from '../src/core/training/arena.ts'
import { runGru } from '../src/core/training/gru-forward.ts'
import { gruLength, gruRoom, gruWeights, layOutGru } from '../src/core/training/gru.ts'
import {
  layOutSequences,
  packSequences,
  placesOf,
  sequenceNumbers,
  sequenceRoom,
} from '../src/core/training/packed-sequences.ts'
import { plainKernels } from '../src/core/training/plain-kernels.ts'
import { createRandom } from '../src/core/training/random.ts'
import { linearHead } from './linear-head-graph.ts'
import { writeRecurrentGraph } from './recurrent-graph.ts'

const VOCABULARY = 12
const SHAPE = { inputs: 8, hidden: 5 }
const OUTPUTS = 3
const TEXTS = [[3, 7, 7, 5], [], [9], [1, 2, 11, 4, 5, 6]] as const

const random = createRandom(11)
const values = (length: number) => Float32Array.from({ length }, () => random.normal())
const table = values(VOCABULARY * SHAPE.inputs)
const weights = values(VOCABULARY).map(Math.abs)
const gru = gruWeights(values(gruLength(SHAPE)), SHAPE)
const head = { matrix: values(OUTPUTS * SHAPE.hidden), bias: values(OUTPUTS) }

/** What the trainer makes of the texts. */
function lastStates(): number[][] {
  const room = sequenceRoom(TEXTS.length, 6)
  const arena = createArena(new ArrayBuffer(8 * (gruRoom(SHAPE, room) + sequenceNumbers(room))))
  const packed = layOutSequences(arena, room)
  const work = layOutGru(arena, SHAPE, room)
  const ids = Int32Array.from(TEXTS.flat())
  const offsets = Int32Array.of(0, 4, 4, 5, 11)
  packSequences({ ids, factors: new Float32Array(11).fill(1), offsets }, { first: 0, last: 4 }, packed)
  const bags = placesOf(packed)
  plainKernels.sumBags(table, weights, bags, work.inputs, { first: 0, last: bags.count })
  const last = new Float32Array(TEXTS.length * SHAPE.hidden)
  runGru(plainKernels, gru, work, packed, last)
  return TEXTS.map((_, i) => [...last.subarray(i * SHAPE.hidden, (i + 1) * SHAPE.hidden)])
}

function unit(row: readonly number[]): number[] {
  const length = Math.hypot(...row)
  return row.map(value => (length === 0 ? 0 : value / length))
}

function applyHead(row: readonly number[]): number[] {
  return Array.from({ length: OUTPUTS }, (_, output) =>
    row.reduce(
      (sum, value, i) => sum + value * (head.matrix[output * SHAPE.hidden + i] ?? 0),
      head.bias[output] ?? 0,
    ),
  )
}

async function runGraph(bytes: Uint8Array): Promise<number[]> {
  const session = await ort.InferenceSession.create(bytes, {
    executionProviders: ['wasm'],
    externalData: [{ path: 't.bin', data: new Uint8Array(table.buffer) }],
  })
  const cells = TEXTS.flatMap(text => Array.from({ length: 6 }, (_, t) => text[t] ?? 0))
  const known = TEXTS.flatMap(text => Array.from({ length: 6 }, (_, t) => (t < text.length ? 1 : 0)))
  const int64 = (numbers: readonly number[]) =>
    new ort.Tensor('int64', BigInt64Array.from(numbers, BigInt), [TEXTS.length, 6])
  const { embedding } = await session.run({ input_ids: int64(cells), attention_mask: int64(known) })
  await session.release()
  return Array.from(embedding?.data as Float32Array)
}

const common = {
  vocabulary: VOCABULARY,
  cell: 'gru',
  shape: SHAPE,
  weights,
  layer: gru,
  table: { file: 't.bin', type: 'float' },
} as const

/** Starting the runtime takes seconds on a busy machine. */
const PATIENT = { timeout: 60_000 }

describe('a recurrent tower’s graph', PATIENT, () => {
  it('gives the unit last states of the trainer, zeros for an empty text', async () => {
    const got = await runGraph(writeRecurrentGraph({ ...common, outputs: SHAPE.hidden }))
    const expected = lastStates().flatMap(unit)
    expect(got.length).toBe(expected.length)
    expected.forEach((value, i) => expect(Math.abs((got[i] ?? Number.NaN) - value)).toBeLessThan(1e-5))
  })

  it('applies a linear head with its bias', async () => {
    const got = await runGraph(
      writeRecurrentGraph({ ...common, outputs: OUTPUTS, head: linearHead(head, OUTPUTS) }),
    )
    const expected = lastStates().flatMap(state => unit(applyHead(state)))
    expect(got.length).toBe(expected.length)
    expected.forEach((value, i) => expect(Math.abs((got[i] ?? Number.NaN) - value)).toBeLessThan(1e-5))
  })
})
