import { readFile } from 'node:fs/promises'
import { beforeAll, expect, it } from 'vitest'
import { createArena } from '../core/training/arena.ts'
import { pullGruBack } from '../core/training/gru-backward.ts'
import { runGru } from '../core/training/gru-forward.ts'
import { gruLength, gruWeights, layOutGru } from '../core/training/gru.ts'
import type { TrainingKernels } from '../core/training/kernels.ts'
import { layOutSequences, packSequences, sequenceRoom } from '../core/training/packed-sequences.ts'
import { plainKernels } from '../core/training/plain-kernels.ts'
import { createRandom } from '../core/training/random.ts'
import { buildTrainingKernels } from '../../tools/build-training-kernels.mjs'
import { loadTrainingKernels } from './training-kernels.ts'

const SHAPE = { inputs: 12, hidden: 8 }
const LENGTHS = [3, 9, 0, 5, 5, 1, 2]

let fast: TrainingKernels
let memory: WebAssembly.Memory

beforeAll(async () => {
  await buildTrainingKernels()
  memory = new WebAssembly.Memory({ initial: 8, maximum: 8, shared: true })
  const wasm = new Uint8Array(await readFile(new URL('./build/training.wasm', import.meta.url)))
  fast = await loadTrainingKernels(wasm, memory)
})

/** Last states, gradients of the weights and of the inputs. */
function passThere(kernels: TrainingKernels): number[] {
  new Uint8Array(memory.buffer).fill(0, 4096)
  const arena = createArena(memory.buffer, 4096)
  const random = createRandom(3)
  const room = sequenceRoom(LENGTHS.length, 9)
  const packed = layOutSequences(arena, room)
  const work = layOutGru(arena, SHAPE, room)
  const weights = gruWeights(arena.float32(gruLength(SHAPE)), SHAPE)
  const gradient = gruWeights(arena.float32(gruLength(SHAPE)), SHAPE)
  for (const part of Object.values(weights) as Float32Array[]) {
    part.forEach((_, i) => (part[i] = random.normal()))
  }
  const offsets = Int32Array.of(
    0,
    ...LENGTHS.map((_, i) => LENGTHS.slice(0, i + 1).reduce((a, b) => a + b, 0)),
  )
  const texts = { ids: new Int32Array(25), factors: new Float32Array(25).fill(1), offsets }
  packSequences(texts, { first: 0, last: LENGTHS.length }, packed)
  const inputs = (packed.sizes[1] ?? 0) * SHAPE.inputs
  for (let i = 0; i < inputs; i++) work.inputs[i] = random.normal()
  const last = new Float32Array(LENGTHS.length * SHAPE.hidden)
  runGru(kernels, weights, work, packed, last)
  pullGruBack(
    kernels,
    weights,
    work,
    packed,
    last.map(value => value + 1),
    gradient,
  )
  const parts = Object.values(gradient) as Float32Array[]
  return [...last, ...parts.flatMap(part => [...part]), ...work.inputs.subarray(0, inputs)]
}

it('gated recurrent units come to the same with SIMD kernels', () => {
  const [slow, quick] = [passThere(plainKernels), passThere(fast)]
  expect(quick.length).toBe(slow.length)
  slow.forEach((value, i) => expect(Math.abs(value - (quick[i] ?? Number.NaN))).toBeLessThan(1e-4))
})
