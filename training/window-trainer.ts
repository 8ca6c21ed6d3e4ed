/** Word vectors from raw text on several threads: each reads its own part and all meet after every round. */
import { readFile } from 'node:fs/promises'
import { Worker } from 'node:worker_threads'
import { createArena } from '../src/core/training/arena.ts'
import type { Arena } from '../src/core/training/arena.ts'
import { createBarrier } from '../src/core/training/barrier.ts'
import { mergeRows } from '../src/core/training/merge-rows.ts'
import { createRandom } from '../src/core/training/random.ts'
import type { WindowBatch, WindowTables } from '../src/core/training/window-kernels.ts'
import { sampleWindows } from '../src/core/training/windows.ts'
import type { TextPieces, WindowChoices } from '../src/core/training/windows.ts'
import { loadWindowKernels } from '../src/kernels/window-kernels.ts'
import { buildTrainingKernels } from '../tools/build-training-kernels.mjs'
import { START_TYPESCRIPT } from './start-typescript.ts'

export interface WindowTask {
  readonly vocabulary: number
  readonly dimension: number
  readonly threads: number
  readonly epochs: number
  readonly seed: number
  /** Of the first round; falls to a hundredth in a straight line. */
  readonly rate: number
  readonly strangersEach: number
  readonly texts: TextPieces
  readonly choices: WindowChoices
  /** Behind the last text of each thread's part of a round. */
  readonly cuts: Int32Array
  /** Most pieces in such a part. */
  readonly longest: number
}

export interface WindowWorkerData {
  readonly task: WindowTask
  readonly memory: WebAssembly.Memory
  readonly wasm: Uint8Array<ArrayBuffer>
  readonly index: number
  readonly url: string
}

interface ThreadState {
  readonly tables: WindowTables
  readonly batch: WindowBatch
  readonly changedInputs: Int32Array
  readonly changedOutputs: Int32Array
}

/** The kernels’ own data, such as tables of logarithms, lies below. */
const START = 4096
const PAGE = 65536

/** [vocabulary×dimension]; the same task gives the same numbers. Heard after each round: its number, all, the mean loss. */
export async function trainWindows(
  task: WindowTask,
  heard: (round: number, rounds: number, loss: number) => void = () => undefined,
): Promise<Float32Array> {
  await buildTrainingKernels()
  const wasm = new Uint8Array(await readFile(new URL('../src/kernels/build/training.wasm', import.meta.url)))
  const pages = Math.ceil((START + windowBytes(task)) / PAGE) + 1
  const memory = new WebAssembly.Memory({ initial: pages, maximum: 65536, shared: true })
  const { threads } = layOut(memory.buffer, task)
  const random = createRandom(task.seed)
  const first = Float32Array.from(
    { length: task.vocabulary * task.dimension },
    () => (random.next() - 0.5) / task.dimension,
  )
  for (const { tables } of threads) tables.inputs.set(first)
  const workers = Array.from({ length: task.threads - 1 }, (_, i) => {
    const url = new URL('./window-worker.ts', import.meta.url).href
    const workerData: WindowWorkerData = { task, memory, wasm, index: i + 1, url }
    const worker = new Worker(START_TYPESCRIPT, { eval: true, workerData })
    worker.on('error', error => {
      // The others would wait for it for ever.
      console.error(`A training thread stopped: ${error.message}`)
      process.exit(1)
    })
    return worker
  })
  await runRounds({ task, memory, wasm, index: 0 }, heard)
  await Promise.all(workers.map(worker => worker.terminate()))
  return Float32Array.from(threads[0]?.tables.inputs ?? [])
}

/** All rounds, as one of the threads. */
export async function runRounds(
  { task, memory, wasm, index }: Omit<WindowWorkerData, 'url'>,
  heard: (round: number, rounds: number, loss: number) => void,
): Promise<void> {
  const { threads, barrierCells } = layOut(memory.buffer, task)
  const own = threads[index]
  if (own === undefined) throw new Error(`expected a thread below ${task.threads}, got ${index}`)
  const kernels = await loadWindowKernels(wasm, memory)
  const barrier = createBarrier(barrierCells, task.threads)
  const parts = Math.ceil(task.cuts.length / task.threads)
  const rounds = parts * task.epochs
  barrier.wait()
  for (let round = 0; round < rounds; round++) {
    const part = (round % parts) * task.threads + index
    const range = { first: task.cuts[part - 1] ?? 0, last: task.cuts[part] ?? task.cuts[part - 1] ?? 0 }
    const random = createRandom(task.seed + 1 + round * task.threads + index)
    sampleWindows(task.texts, range, task.choices, random, own.batch)
    markChanged(own)
    const rate = task.rate * Math.max(0.01, 1 - round / rounds)
    const loss = kernels.predictMiddles(own.tables, own.batch, rate)
    barrier.wait()
    mergeAll(threads, task, index)
    barrier.wait()
    heard(round + 1, rounds, loss / Math.max(1, own.batch.count))
  }
}

function markChanged({ batch, changedInputs, changedOutputs }: ThreadState): void {
  changedInputs.fill(0)
  changedOutputs.fill(0)
  for (const id of batch.ids.subarray(0, batch.count)) {
    changedInputs[id] = 1
    changedOutputs[id] = 1
  }
  for (const id of batch.strangers.subarray(0, batch.count * batch.strangersEach)) changedOutputs[id] = 1
}

function mergeAll(threads: readonly ThreadState[], { dimension }: WindowTask, index: number): void {
  const share = { index, count: threads.length }
  const inputs = threads.map(({ tables, changedInputs }) => ({ rows: tables.inputs, changed: changedInputs }))
  const outputs = threads.map(({ tables, changedOutputs }) => ({
    rows: tables.outputs,
    changed: changedOutputs,
  }))
  mergeRows(inputs, dimension, share)
  mergeRows(outputs, dimension, share)
}

function layOut(
  buffer: ArrayBufferLike,
  task: WindowTask,
): { threads: ThreadState[]; barrierCells: Int32Array } {
  const arena = createArena(buffer, START)
  const barrierCells = arena.int32(2)
  return { barrierCells, threads: Array.from({ length: task.threads }, () => layOutThread(arena, task)) }
}

function layOutThread(arena: Arena, task: WindowTask): ThreadState {
  const { vocabulary, dimension, longest, strangersEach } = task
  return {
    tables: {
      inputs: arena.float32(vocabulary * dimension),
      outputs: arena.float32(vocabulary * dimension),
      dimension,
      scratch: arena.float32(2 * dimension),
    },
    batch: {
      ids: arena.int32(longest),
      starts: arena.int32(longest),
      ends: arena.int32(longest),
      strangers: arena.int32(longest * strangersEach),
      strangersEach,
      count: 0,
    },
    changedInputs: arena.int32(vocabulary),
    changedOutputs: arena.int32(vocabulary),
  }
}

/** A little more than the layout takes. */
function windowBytes({ vocabulary, dimension, threads, longest, strangersEach }: WindowTask): number {
  const numbers = 2 * vocabulary * (dimension + 1) + 2 * dimension + longest * (3 + strangersEach)
  return 4 * threads * numbers + 256 * (threads + 1)
}
