/**
 * The search kernels over rows of vectors in WebAssembly memory. A row is known by its slot, 0, 1, 2 …; who stands in
 * which slot is the caller's business. `assembly/search/layout.ts` says where everything lies.
 */
import { type KernelVariant, loadSearchKernels } from './load-search-kernels.ts'

/** Most slots that one call may look for. */
export const MOST_MATCHES = 4096
/** Dimensions above this would overflow the integer sums. */
export const MOST_DIMENSIONS = 4096

const PAGE_BYTES = 65_536
const MOST_BYTES = 65_536 * PAGE_BYTES

export interface SearchKernelsOptions {
  readonly dimension: number
  readonly hasGraph: boolean
  /** The memory never grows beyond this; 4 GiB unless said. */
  readonly maximumBytes?: number | undefined
  readonly variant: KernelVariant
}

/** Slots in no order, with similarities of rounded vectors. */
export interface RoughMatches {
  readonly slots: Uint32Array
  readonly similarities: Float32Array
  /** The least of the similarities. */
  readonly worst: number
}

export interface SearchKernels {
  /** Makes room for slots below `slots`; false when there is no memory for them, and nothing has changed then. */
  reserve(slots: number): boolean
  /** Stores a vector and its codes; the slot is alive from then on. */
  write(slot: number, vector: Float32Array): void
  /** The vector as it was written. */
  read(slot: number): Float32Array
  setDead(slot: number, dead: boolean): void
  /** Makes a slot part of the graph, once, after `write`. */
  link(slot: number): void
  /** Sets the query of the calls below; `link` overwrites it. */
  setQuery(query: Float32Array): void
  /** The `limit` living slots below `slots` that look nearest by their codes. */
  scan(slots: number, limit: number): RoughMatches
  /** About the `breadth` nearest living slots that a walk through the graph finds. */
  walk(breadth: number): RoughMatches
  /** Dot products in f32, in the order of `slots`. */
  score(slots: Uint32Array): Float32Array
}

interface Exports {
  readonly configure: (dimension: number, hasGraph: boolean) => void
  readonly bytesFor: (slots: number) => number
  readonly rowOf: (slot: number) => number
  readonly setDead: (slot: number, dead: boolean) => void
  readonly quantiseRow: (slot: number) => void
  readonly quantiseQuery: () => void
  readonly insertSlot: (slot: number) => void
  readonly scanCodes: (slots: number, limit: number) => number
  readonly searchGraph: (breadth: number) => number
  readonly scoreSlots: (count: number) => void
  readonly queryAddress: () => number
  readonly resultsAddress: () => number
  readonly slotListAddress: () => number
  readonly scoreListAddress: () => number
}

/** @throws Error for a dimension that the kernels cannot take, or without memory for an empty index. */
export function createSearchKernels(options: SearchKernelsOptions): SearchKernels {
  const { dimension, hasGraph, variant } = options
  if (!(Number.isInteger(dimension) && dimension > 0 && dimension <= MOST_DIMENSIONS)) {
    throw new Error(`expected a dimension from 1 to ${MOST_DIMENSIONS}, got ${dimension}`)
  }
  const memory = createMemory(options.maximumBytes)
  const exports = instantiate(variant, memory)
  exports.configure(dimension, hasGraph)
  if (!reserve(0)) throw new Error('expected memory for an empty vector index, got none')

  return {
    reserve,

    write(slot, vector) {
      floats(exports.rowOf(slot), dimension).set(vector)
      exports.quantiseRow(slot)
      exports.setDead(slot, false)
    },

    read: slot => floats(exports.rowOf(slot), dimension).slice(),
    setDead: exports.setDead,
    link: exports.insertSlot,

    setQuery(query) {
      floats(exports.queryAddress(), dimension).set(query)
      exports.quantiseQuery()
    },

    scan: (slots, limit) => matches(exports.scanCodes(slots, limit)),
    walk: breadth => matches(exports.searchGraph(breadth)),

    score(slots) {
      const scores = new Float32Array(slots.length)
      for (let first = 0; first < slots.length; first += MOST_MATCHES) {
        const part = slots.subarray(first, first + MOST_MATCHES)
        integers(exports.slotListAddress(), part.length).set(part)
        exports.scoreSlots(part.length)
        scores.set(floats(exports.scoreListAddress(), part.length), first)
      }
      return scores
    },
  }

  function reserve(slots: number): boolean {
    const missing = exports.bytesFor(slots) - memory.buffer.byteLength
    if (missing <= 0) return true
    try {
      memory.grow(Math.ceil(missing / PAGE_BYTES))
      return true
    } catch {
      return false // a RangeError: the maximum, or the machine's own limit
    }
  }

  /** What a search left in the list of results: a heap of pairs (f32, u32) with the worst at its root. */
  function matches(count: number): RoughMatches {
    const address = exports.resultsAddress()
    const similarities = floats(address, 2 * count).filter((_, i) => i % 2 === 0)
    const slots = integers(address, 2 * count).filter((_, i) => i % 2 === 1)
    return { slots, similarities, worst: similarities[0] ?? Number.NEGATIVE_INFINITY }
  }

  // Views are made anew at each call: growing the memory detaches the buffer. Addresses above 2 GiB come out negative.
  function floats(address: number, length: number): Float32Array {
    return new Float32Array(memory.buffer, address >>> 0, length)
  }

  function integers(address: number, length: number): Uint32Array {
    return new Uint32Array(memory.buffer, address >>> 0, length)
  }
}

function createMemory(maximumBytes = MOST_BYTES): WebAssembly.Memory {
  const maximum = Math.max(1, Math.floor(Math.min(maximumBytes, MOST_BYTES) / PAGE_BYTES))
  return new WebAssembly.Memory({ initial: 1, maximum })
}

function instantiate(variant: KernelVariant, memory: WebAssembly.Memory): Exports {
  const instance = new WebAssembly.Instance(loadSearchKernels(variant), { env: { memory } })
  return instance.exports as unknown as Exports
}
