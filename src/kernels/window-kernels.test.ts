import { readFile } from 'node:fs/promises'
import { expect, it } from 'vitest'
import { createArena } from '../core/training/arena.ts'
import { createRandom } from '../core/training/random.ts'
import { plainWindowKernels } from '../core/training/window-kernels.ts'
import type { WindowKernels } from '../core/training/window-kernels.ts'
import { sampleWindows } from '../core/training/windows.ts'
import { buildTrainingKernels } from '../../tools/build-training-kernels.mjs'
import { loadWindowKernels } from './window-kernels.ts'

const VOCABULARY = 30
const DIMENSION = 16
const TEXTS = {
  ids: Uint16Array.from({ length: 200 }, (_, i) => (i * i) % VOCABULARY),
  offsets: Int32Array.of(0, 1, 60, 200),
}

function run(kernels: WindowKernels, memory: WebAssembly.Memory): { loss: number; rows: number[] } {
  const arena = createArena(memory.buffer, 4096)
  const random = createRandom(3)
  const table = (): Float32Array => arena.float32(VOCABULARY * DIMENSION).map(() => random.normal())
  const inputs = arena.float32(VOCABULARY * DIMENSION)
  const outputs = arena.float32(VOCABULARY * DIMENSION)
  inputs.set(table())
  outputs.set(table())
  const tables = { inputs, outputs, dimension: DIMENSION, scratch: arena.float32(2 * DIMENSION) }
  const batch = {
    ids: arena.int32(200),
    starts: arena.int32(200),
    ends: arena.int32(200),
    strangers: arena.int32(600),
    strangersEach: 3,
    count: 0,
  }
  const choices = {
    keep: new Float32Array(VOCABULARY).fill(0.8),
    strangerList: Int32Array.from({ length: VOCABULARY }, (_, id) => id),
    reach: 4,
  }
  sampleWindows(TEXTS, { first: 0, last: 3 }, choices, random, batch)
  const loss = kernels.predictMiddles(tables, batch, 0.05)
  return { loss, rows: [...inputs, ...outputs] }
}

it('learns from windows what the plain form learns', async () => {
  await buildTrainingKernels()
  const memory = new WebAssembly.Memory({ initial: 16, maximum: 16, shared: true })
  const wasm = new Uint8Array(await readFile(new URL('./build/training.wasm', import.meta.url)))
  const [slow, quick] = [run(plainWindowKernels, memory), run(await loadWindowKernels(wasm, memory), memory)]
  expect(quick.loss / slow.loss).toBeCloseTo(1, 4)
  for (const [i, value] of slow.rows.entries()) expect(quick.rows[i]).toBeCloseTo(value, 3)
})
