/** What the first thread tells the others, at the start of the shared memory. */
import { createArena } from '../src/core/training/arena.ts'
import type { StepOptions } from '../src/core/training/step.ts'

/** The kernels’ own data, such as tables of logarithms, lies below. */
const START = 4096
export const CONTROL_BYTES = 5120

export interface Control {
  readonly barrier: Int32Array
  /** Stop flag, pairs, mined documents, step. */
  readonly numbers: Int32Array
  /** Sharpness, rate of the table, rate of the rest. */
  readonly rates: Float32Array
}

export function layOutControl(buffer: ArrayBufferLike): Control {
  const arena = createArena(buffer, START)
  return { barrier: arena.int32(2), numbers: arena.int32(4), rates: arena.float32(4) }
}

export function writeOptions({ numbers, rates }: Control, options: StepOptions): void {
  numbers.set([0, options.pairs, options.negatives, options.step])
  rates.set([options.sharpness, options.tableRate, options.denseRate])
}

/** Undefined when there is nothing more to do. */
export function readOptions({ numbers, rates }: Control): StepOptions | undefined {
  const [stop, pairs = 0, negatives = 0, step = 0] = numbers
  const [sharpness = 0, tableRate = 0, denseRate = 0] = rates
  return stop === 1 ? undefined : { pairs, negatives, step, sharpness, tableRate, denseRate }
}
