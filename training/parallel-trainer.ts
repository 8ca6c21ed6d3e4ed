/** Runs training steps on several threads that share one memory. */
import { readFile } from 'node:fs/promises'
import { Worker } from 'node:worker_threads'
import { createArena } from '../src/core/training/arena.ts'
import { createBarrier } from '../src/core/training/barrier.ts'
import type { StepOptions } from '../src/core/training/step.ts'
import { createStepWorker, trainingBytes } from '../src/core/training/step-worker.ts'
import type { StepWorker } from '../src/core/training/step-worker.ts'
import type { TrainingShape } from '../src/core/training/training-shape.ts'
import { loadTrainingKernels } from '../src/kernels/training-kernels.ts'
import { buildTrainingKernels } from '../tools/build-training-kernels.mjs'
import { CONTROL_BYTES, layOutControl, writeWork } from './control.ts'
import type { TextCounts, Work } from './control.ts'
import { doWork } from './do-work.ts'
import { START_TYPESCRIPT } from './start-typescript.ts'

export interface ParallelTrainer {
  /** The first thread's, between two steps. */
  readonly worker: StepWorker
  /** One step on the batch that stands in the state; returns its loss. */
  step(options: StepOptions): number
  /** Unit vectors of the first texts of the batch, without dropout, in `output`; numbers of texts are multiples of four. */
  embed(texts: TextCounts): void
  /** Their cosines in `scores`, a row a query. */
  score(texts: TextCounts): void
  close(): Promise<void>
}

const PAGE = 65536

export async function startTrainer(shape: TrainingShape): Promise<ParallelTrainer> {
  await buildTrainingKernels()
  const wasm = new Uint8Array(await readFile(new URL('../src/kernels/build/training.wasm', import.meta.url)))
  const pages = Math.ceil((CONTROL_BYTES + trainingBytes(shape)) / PAGE) + 1
  const memory = new WebAssembly.Memory({ initial: pages, maximum: 65536, shared: true })
  const control = layOutControl(memory.buffer)
  const kernels = await loadTrainingKernels(wasm, memory)
  const barrier = createBarrier(control.barrier, shape.threads)
  const workers = Array.from({ length: shape.threads - 1 }, (_, i) => startWorker(memory, wasm, shape, i + 1))
  const thread = { kernels, share: { index: 0, count: shape.threads }, barrier }
  const worker = createStepWorker(createArena(memory.buffer, CONTROL_BYTES), shape, thread)
  const together = (work: Exclude<Work, { kind: 'stop' }>): void => {
    writeWork(control, work)
    barrier.wait()
    doWork(worker, work)
  }
  return {
    worker,
    step(options) {
      together({ kind: 'step', options })
      return worker.state.losses.reduce((sum, part) => sum + part, 0)
    },
    embed: texts => together({ kind: 'embed', texts }),
    score: texts => together({ kind: 'score', texts }),
    async close() {
      writeWork(control, { kind: 'stop' })
      barrier.wait()
      await Promise.all(workers.map(worker => worker.terminate()))
    },
  }
}

function startWorker(
  memory: WebAssembly.Memory,
  wasm: Uint8Array<ArrayBuffer>,
  shape: TrainingShape,
  index: number,
): Worker {
  const worker = new Worker(START_TYPESCRIPT, {
    eval: true,
    workerData: { memory, wasm, shape, index, url: new URL('./step-worker.ts', import.meta.url).href },
  })
  worker.on('error', error => {
    // The others would wait for it for ever.
    console.error(`A training thread stopped: ${error.message}`)
    process.exit(1)
  })
  return worker
}
