/** A further thread of the trainer: waits, takes its share of a step, waits again. */
import { workerData } from 'node:worker_threads'
import { createArena } from '../src/core/training/arena.ts'
import { createBarrier } from '../src/core/training/barrier.ts'
import { createStepWorker } from '../src/core/training/step-worker.ts'
import type { TrainingShape } from '../src/core/training/training-shape.ts'
import { loadTrainingKernels } from '../src/kernels/training-kernels.ts'
import { CONTROL_BYTES, layOutControl, readWork } from './control.ts'
import { doWork } from './do-work.ts'

interface Start {
  readonly memory: WebAssembly.Memory
  readonly wasm: Uint8Array<ArrayBuffer>
  readonly shape: TrainingShape
  readonly index: number
}

const { memory, wasm, shape, index } = workerData as Start
const control = layOutControl(memory.buffer)
const barrier = createBarrier(control.barrier, shape.threads)
const kernels = await loadTrainingKernels(wasm, memory)
const thread = { kernels, share: { index, count: shape.threads }, barrier }
const worker = createStepWorker(createArena(memory.buffer, CONTROL_BYTES), shape, thread)

for (;;) {
  barrier.wait()
  const work = readWork(control)
  if (work.kind === 'stop') break
  doWork(worker, work)
}
