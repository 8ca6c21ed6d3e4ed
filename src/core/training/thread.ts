/** What a thread of the trainer works with, and the part of the work that is its own. */
import type { Barrier } from './barrier.ts'
import type { Range, Share, TrainingKernels } from './kernels.ts'

export interface Thread {
  readonly kernels: TrainingKernels
  readonly share: Share
  readonly barrier: Barrier
}

/** Rows of a share: as even as blocks of four allow. */
export function shareOf(count: number, { index, count: shares }: Share): Range {
  const cut = (part: number): number =>
    part === shares ? count : Math.floor((count * part) / shares / 4) * 4
  return { first: cut(index), last: cut(index + 1) }
}

/** A view of the rows of a range. */
export function rowsOf(values: Float32Array, width: number, { first, last }: Range): Float32Array {
  return values.subarray(first * width, last * width)
}
