/** Turns texts into pieces with windows and strangers, for the window kernels. */
import type { Random } from './random.ts'
import type { WindowBatch } from './window-kernels.ts'

/** Texts as pieces, one behind the other: text i is `ids[offsets[i]]` to `ids[offsets[i + 1] − 1]`. */
export interface TextPieces {
  readonly ids: Uint16Array
  readonly offsets: Int32Array
}

export interface WindowChoices {
  /** Chance of each piece to be read at all: frequent ones say little. */
  readonly keep: Float32Array
  /** Strangers are drawn from this list, evenly. */
  readonly strangerList: Int32Array
  /** Most pieces on either side; each window is as wide as a number drawn from 1 to this. */
  readonly reach: number
}

/** Fills the batch with texts `first` to `last` − 1, as many pieces as it has room for. */
export function sampleWindows(
  { ids, offsets }: TextPieces,
  range: { readonly first: number; readonly last: number },
  { keep, strangerList, reach }: WindowChoices,
  random: Random,
  batch: WindowBatch,
): void {
  let count = 0
  for (let text = range.first; text < range.last; text++) {
    const start = count
    const end = offsets[text + 1] ?? 0
    for (let t = offsets[text] ?? 0; t < end && count < batch.ids.length; t++) {
      const id = ids[t] ?? 0
      if (random.next() < (keep[id] ?? 0)) batch.ids[count++] = id
    }
    for (let i = start; i < count; i++) {
      const width = 1 + random.below(reach)
      batch.starts[i] = Math.max(start, i - width)
      batch.ends[i] = Math.min(count, i + width + 1)
    }
  }
  batch.count = count
  const strangers = count * batch.strangersEach
  for (let n = 0; n < strangers; n++) {
    batch.strangers[n] = strangerList[random.below(strangerList.length)] ?? 0
  }
}

/** Chance to be kept, √(t / share) + t / share for a piece with this share of all. Mikolov's code, 2013. */
export function keepChances(counts: Float64Array, threshold: number): Float32Array {
  const total = counts.reduce((sum, count) => sum + count, 0)
  return Float32Array.from(counts, count => {
    const ratio = count === 0 ? 1 : (threshold * total) / count
    return Math.min(1, Math.sqrt(ratio) + ratio)
  })
}

/** Each piece as often as its count to the power of 0.75 demands, in a list of about `size`; pieces with no count never. */
export function strangersByCount(counts: Float64Array, size: number): Int32Array {
  const total = counts.reduce((sum, count) => sum + count ** 0.75, 0)
  const list: number[] = []
  let reached = 0
  for (const [id, count] of counts.entries()) {
    reached += (count ** 0.75 / total) * size
    while (list.length < Math.round(reached)) list.push(id)
  }
  return Int32Array.from(list)
}
