/**
 * The search kernels over rows of vectors in WebAssembly memory. A row is known by its slot, 0, 1, 2 …; who stands in
 * which slot is the caller's business. `assembly/search/layout.ts` says where everything lies.
 */
import { type KernelVariant, loadSearchKernels } from './load-search-kernels.ts'

/** Most slots that one call may look for. */
export const MOST_MATCHES = 4096
/** Dimensions above this would overflow the integer sums. */
export const MOST_DIMENSIONS = 4096

/** Slots of a segment of `assembly/search/layout.ts`. */
export const SEGMENT_SLOTS = 1024
/** Words of a filter that belong to one segment. */
const SEGMENT_WORDS = SEGMENT_SLOTS / 32

const PAGE_BYTES = 65_536
const MOST_BYTES = 65_536 * PAGE_BYTES

export interface SearchKernelsOptions {
  readonly dimension: number
  readonly hasGraph: boolean
  /** Keeps a bit for the sign of each value, too, for `scanSigns`. */
  readonly hasSigns?: boolean | undefined
  /** Keeps vectors in f32; else in 16 bits a value, an error of at most 1/65,024 of a row's largest value. */
  readonly wholeRows?: boolean | undefined
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
  /** Stores a vector; the slot is alive from then on. */
  write(slot: number, vector: Float32Array): void
  /** The vector, as exactly as it is kept. */
  read(slot: number): Float32Array
  setDead(slot: number, dead: boolean): void
  isDead(slot: number): boolean
  /** Makes a slot part of the graph, once, after `write`. */
  link(slot: number): void
  /** Sets the query of the calls below; `link` overwrites it. */
  setQuery(query: Float32Array): void
  /** Sets what `filtered` calls look at: bit `slot % 32` of word `slot >> 5`. */
  setFilter(slots: Uint32Array): void
  /** The `limit` living slots below `slots` that look nearest by their codes. */
  scan(slots: number, limit: number, filtered?: boolean): RoughMatches
  /** The same by their signs alone; similarities are counts of equal signs. */
  scanSigns(slots: number, limit: number, filtered?: boolean): RoughMatches
  /** About the `breadth` nearest living slots that a walk finds, or a look at each slot from `linked` to `slots`. */
  walk(
    breadth: number,
    tail: { readonly linked: number; readonly slots: number },
    filtered?: boolean,
  ): RoughMatches
  /** Slots that the last walk has compared with the query. */
  comparedByWalk(): number
  /** Dot products with the vectors, in the order of `slots`. */
  score(slots: Uint32Array): Float32Array
  /** What is kept of 1,024 slots from `1024 × segment` on: their rows and tombstones, as they lie in memory. A view. */
  rowsOf(segment: number): Uint8Array
  /** The same of their links; empty without a graph. A view. */
  linksOf(segment: number): Uint8Array
  /** Number of the last `link` that changed the links of a segment. */
  stampOf(segment: number): number
  /** Where walks begin; with all links, it is the graph. */
  graph(): GraphState
  /**
   * After the links of the first `linked` slots were written into `linksOf`; `stamps` by segment. Call it before anything
   * is linked. False when a walk along these links would go astray: this memory must not be used then.
   */
  restoreGraph(linked: number, graph: GraphState, stamps: readonly number[]): boolean
  /** Bytes of memory in use. */
  bytes(): number
}

export interface GraphState {
  readonly entry: number
  /** -1 in an empty graph. */
  readonly topLayer: number
  /** Number of the last `link`. */
  readonly stamp: number
}

export const EMPTY_GRAPH: GraphState = { entry: 0, topLayer: -1, stamp: 0 }

interface Exports {
  readonly configure: (dimension: number, hasGraph: boolean, hasSigns: boolean, wholeRows: boolean) => void
  readonly bytesFor: (slots: number) => number
  readonly chosenFrom: (slot: number) => number
  readonly setDead: (slot: number, dead: boolean) => void
  readonly isDead: (slot: number) => number
  readonly storeRow: (slot: number) => void
  readonly readSlot: (slot: number) => void
  readonly quantiseQuery: () => void
  readonly insertSlot: (slot: number) => void
  readonly scanCodes: (from: number, end: number, limit: number, filtered: boolean, found: number) => number
  readonly scanSigns: (end: number, limit: number, filtered: boolean) => number
  readonly searchGraph: (breadth: number, filtered: boolean) => number
  readonly comparedByWalk: () => number
  readonly segmentRows: (segment: number) => number
  readonly segmentRowsBytes: () => number
  readonly segmentLinks: (segment: number) => number
  readonly segmentLinksBytes: () => number
  readonly segmentStamp: (segment: number) => number
  readonly graphEntry: () => number
  readonly graphTopLayer: () => number
  readonly graphStamp: () => number
  /** 0 or 1, as the one below. */
  readonly areLinksSound: (segment: number, linked: number) => number
  readonly restoreGraph: (entry: number, topLayer: number, stamp: number) => number
  readonly scoreSlots: (count: number) => void
  readonly incomingAddress: () => number
  readonly queryAddress: () => number
  readonly resultsAddress: () => number
  readonly slotListAddress: () => number
  readonly scoreListAddress: () => number
}

/** @throws Error for a dimension that the kernels cannot take, or without memory for an empty index. */
export function createSearchKernels(options: SearchKernelsOptions): SearchKernels {
  const { dimension, hasGraph, hasSigns = false, wholeRows = false, variant } = options
  if (!(Number.isInteger(dimension) && dimension > 0 && dimension <= MOST_DIMENSIONS)) {
    throw new Error(`expected a dimension from 1 to ${MOST_DIMENSIONS}, got ${dimension}`)
  }
  const memory = createMemory(options.maximumBytes)
  const exports = instantiate(variant, memory)
  exports.configure(dimension, hasGraph, hasSigns, wholeRows)
  if (!reserve(0)) throw new Error('expected memory for an empty vector index, got none')

  return {
    reserve,

    write(slot, vector) {
      floats(exports.incomingAddress(), dimension).set(vector)
      exports.storeRow(slot)
      exports.setDead(slot, false)
    },

    read(slot) {
      exports.readSlot(slot)
      return floats(exports.incomingAddress(), dimension).slice()
    },

    setDead: exports.setDead,
    isDead: slot => exports.isDead(slot) !== 0,
    link: exports.insertSlot,

    setQuery(query) {
      floats(exports.queryAddress(), dimension).set(query)
      exports.quantiseQuery()
    },

    setFilter(slots) {
      for (let word = 0; word < slots.length; word += SEGMENT_WORDS) {
        const part = slots.subarray(word, word + SEGMENT_WORDS)
        integers(exports.chosenFrom(32 * word), part.length).set(part)
      }
    },

    scan: (slots, limit, filtered = false) => matches(exports.scanCodes(0, slots, limit, filtered, 0)),
    scanSigns: (slots, limit, filtered = false) => matches(exports.scanSigns(slots, limit, filtered)),
    walk(breadth, { linked, slots }, filtered = false) {
      const found = exports.searchGraph(breadth, filtered)
      return matches(exports.scanCodes(linked, slots, breadth, filtered, found))
    },
    comparedByWalk: exports.comparedByWalk,

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

    rowsOf: segment => bytes(exports.segmentRows(segment), exports.segmentRowsBytes()),
    linksOf: segment => bytes(exports.segmentLinks(segment), hasGraph ? exports.segmentLinksBytes() : 0),
    stampOf: segment => integers(exports.segmentStamp(segment), 1)[0] as number,
    graph: () => ({
      entry: exports.graphEntry(),
      topLayer: exports.graphTopLayer(),
      stamp: exports.graphStamp(),
    }),
    restoreGraph(linked, { entry, topLayer, stamp }, stamps) {
      if (topLayer >= 0 && entry >= linked) return false
      stamps.forEach((last, segment) => integers(exports.segmentStamp(segment), 1).fill(last))
      return (
        stamps.every((_, segment) => exports.areLinksSound(segment, linked) === 1) &&
        exports.restoreGraph(entry, topLayer, stamp) === 1
      )
    },

    bytes: () => memory.buffer.byteLength,
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

  function bytes(address: number, length: number): Uint8Array {
    return new Uint8Array(memory.buffer, address >>> 0, length)
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
