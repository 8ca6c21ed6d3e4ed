/**
 * Texts of different lengths side by side, the longest first: step t holds the t-th piece of every text that has one, so
 * that no padding is read. As PyTorch's packed sequences, but that every step has places for a multiple of four texts.
 */
import type { Arena } from './arena.ts'
import type { Bags, Range } from './kernels.ts'

export interface PackedSequences {
  /** A bag of one piece for each place, or of none where nothing stands; `count` is `sizes`'. */
  readonly ids: Int32Array
  readonly factors: Float32Array
  readonly offsets: Int32Array
  /** The text in each row, the longest first; those without a piece come last. */
  readonly order: Int32Array
  /** Texts that have a t-th piece, and the first place of step t; behind the last step, 0 and the number of places. */
  readonly alive: Int32Array
  readonly starts: Int32Array
  /** Steps, places, texts: in the buffer, for all threads to read. */
  readonly sizes: Int32Array
}

/** How much there is room for. */
export interface SequenceRoom {
  readonly texts: number
  readonly steps: number
  readonly places: number
}

/** Room for so many texts of at most `steps` pieces. */
export function sequenceRoom(texts: number, steps: number): SequenceRoom {
  const rows = fourfold(texts)
  return { texts: rows, steps, places: rows * steps }
}

export function layOutSequences(arena: Arena, { texts, steps, places }: SequenceRoom): PackedSequences {
  return {
    ids: arena.int32(places),
    factors: arena.float32(places),
    offsets: arena.int32(places + 1),
    order: arena.int32(texts),
    alive: arena.int32(steps + 1),
    starts: arena.int32(steps + 1),
    sizes: arena.int32(4),
  }
}

/** Numbers that `layOutSequences` takes, a little more than less. */
export function sequenceNumbers({ texts, steps, places }: SequenceRoom): number {
  return 3 * places + texts + 2 * steps + 64
}

/** Packs the texts of `range`; the first piece of a text is the first it reads. */
export function packSequences(texts: Omit<Bags, 'count'>, range: Range, packed: PackedSequences): void {
  const lengthOf = (text: number): number => (texts.offsets[text + 1] ?? 0) - (texts.offsets[text] ?? 0)
  const count = range.last - range.first
  const order = Array.from({ length: count }, (_, row) => range.first + row)
  order.sort((a, b) => lengthOf(b) - lengthOf(a) || a - b)
  packed.order.set(order)
  const steps = lengthOf(order[0] ?? range.first)
  packed.offsets[0] = 0
  let place = 0
  let alive = count
  for (let step = 0; step < steps; step++) {
    while (alive > 0 && lengthOf(order[alive - 1] ?? 0) <= step) alive--
    packed.alive[step] = alive
    packed.starts[step] = place
    place = packStep(texts, packed, step, alive)
  }
  packed.alive[steps] = 0
  packed.starts[steps] = place
  packed.sizes.set([steps, place, count])
}

/** Writes the pieces of one step; returns the first place of the next. */
function packStep(texts: Omit<Bags, 'count'>, packed: PackedSequences, step: number, alive: number): number {
  const first = packed.starts[step] ?? 0
  const end = first + fourfold(alive)
  let next = packed.offsets[first] ?? 0
  for (let place = first; place < end; place++) {
    const row = place - first
    if (row < alive) {
      const from = (texts.offsets[packed.order[row] ?? 0] ?? 0) + step
      packed.ids[next] = texts.ids[from] ?? 0
      packed.factors[next++] = texts.factors[from] ?? 0
    }
    packed.offsets[place + 1] = next
  }
  return end
}

/** The places as bags, for the kernels that read the table and write to its gradient. */
export function placesOf({ ids, factors, offsets, sizes }: PackedSequences): Bags {
  return { ids, factors, offsets, count: sizes[1] ?? 0 }
}

export function fourfold(count: number): number {
  return Math.ceil(count / 4) * 4
}
