/** Brings the tables of threads together that have each read other texts. */
import type { Share } from './kernels.ts'

/** One thread's table, and a 1 for each row that it has changed since the last merge. */
export interface ThreadRows {
  readonly rows: Float32Array
  readonly changed: Int32Array
}

/**
 * Rows of the share, id mod count = index: each becomes the mean of those threads' that have changed it, in all of them. The
 * marks are left for the caller to clear.
 */
export function mergeRows(threads: readonly ThreadRows[], dimension: number, { index, count }: Share): void {
  const vocabulary = threads[0]?.changed.length ?? 0
  const mean = new Float32Array(dimension)
  for (let id = index; id < vocabulary; id += count) {
    const changed = threads.filter(thread => thread.changed[id] === 1)
    if (changed.length === 0) continue
    mean.fill(0)
    for (const { rows } of changed) {
      for (let d = 0; d < dimension; d++) {
        mean[d] = (mean[d] ?? 0) + (rows[id * dimension + d] ?? 0) / changed.length
      }
    }
    for (const { rows } of threads) rows.set(mean, id * dimension)
  }
}
