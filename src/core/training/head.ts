/** The part of a tower that turns the body's rows into those of the embedding, before they are scaled to length 1. */
import type { Range, TrainingKernels } from './kernels.ts'
import type { Random } from './random.ts'

/** Row-major, [texts×dimension] but for `kept`. */
export interface HeadRows {
  /** What the head has learned: `size` numbers. */
  readonly values: Float32Array
  readonly input: Float32Array
  readonly output: Float32Array
  readonly outputGradient: Float32Array
  readonly inputGradient: Float32Array
  /** [texts×kept] */
  readonly kept: Float32Array
}

/** A head holds no numbers; both towers and all threads use it on rows of theirs. */
export interface Head {
  /** Numbers that it learns: a multiple of four. */
  readonly size: number
  /** Numbers of a row that it keeps from `forward` to `backward`. */
  readonly kept: number
  /** Fills `values` with what training starts from. */
  initialise(values: Float32Array, random: Random): void
  /** `input` → `output`. With `noise`, for training: what is dropped depends on it and on a row's place alone. */
  forward(kernels: TrainingKernels, rows: HeadRows, range: Range, noise?: number): void
  /** `outputGradient` → `inputGradient`, and into `gradient` what the rows of the range say of `values`. */
  backward(kernels: TrainingKernels, rows: HeadRows, range: Range, gradient: Float32Array): void
}
