/**
 * Vectors by key in the memory of the search kernels, with tombstones and, where wanted, a graph over a prefix of the
 * slots: those below `linked` are in it, and those above wait. Everything happens before a call returns.
 */
import { bestKernelVariant } from '../kernels/choose-kernel-variant.ts'
import type { KernelVariant } from '../kernels/load-search-kernels.ts'
import { createSearchKernels, type SearchKernels } from '../kernels/search-kernels.ts'
import { createVectorSlots, type VectorSlots } from './vector-slots.ts'

export interface KernelTableOptions {
  readonly dimension: number
  readonly hasGraph: boolean
  readonly hasSigns?: boolean | undefined
  /** Vectors in f32 instead of 16 bits a value. */
  readonly wholeRows?: boolean | undefined
  /** The memory never grows beyond this; 4 GiB unless said. */
  readonly maximumBytes?: number | undefined
  /** The best for this engine unless said. */
  readonly variant?: KernelVariant | undefined
}

export interface KernelTable {
  readonly dimension: number
  /** Change when the table moves to another memory. */
  readonly kernels: SearchKernels
  readonly slots: VectorSlots
  /** Slots below this are part of the graph, those excepted that were dead when it came by. */
  readonly linked: number
  /** How often the table has moved, and so lost its graph. */
  readonly moves: number
  /**
   * `vectors` is row-major, checked already. A key that comes twice gets its last vector.
   * @throws Error when there is no memory; nothing is added then.
   */
  put(keys: Uint32Array, vectors: Float32Array): void
  /** Unknown keys are ignored. */
  remove(keys: Uint32Array): void
  clear(): void
  /** Makes the next slot part of the graph; false when all of them are. */
  linkNext(): boolean
}

/** Dead slots that are not worth the work of a new table. */
const DEAD_TOLERATED = 1024

export function createKernelTable(options: KernelTableOptions): KernelTable {
  const { dimension, variant = bestKernelVariant() } = options
  let kernels = createKernels()
  let slots = createSlots()
  let linked = 0
  let moves = 0

  return {
    dimension,
    get kernels() {
      return kernels
    },
    get slots() {
      return slots
    },
    get linked() {
      return linked
    },
    get moves() {
      return moves
    },

    put(keys, vectors) {
      const rowOfKey = new Map(Array.from(keys, (key, row) => [key, row]))
      expectRoomFor(rowOfKey)
      for (const [key, row] of rowOfKey) {
        const { slot, replaced } = slots.take(key)
        if (replaced !== undefined && replaced !== slot) kernels.setDead(replaced, true)
        kernels.write(slot, vectors.subarray(row * dimension, (row + 1) * dimension))
      }
      compactIfWorthwhile()
    },

    remove(keys) {
      for (const key of keys) {
        const slot = slots.release(key)
        if (slot !== undefined) kernels.setDead(slot, true)
      }
      compactIfWorthwhile()
    },

    clear() {
      kernels = createKernels()
      slots = createSlots()
      linked = 0
      moves++
    },

    linkNext() {
      if (linked >= slots.size()) return false
      const slot = linked++
      if (slots.slotOf(slots.keyAt(slot)) === slot) kernels.link(slot)
      return true
    },
  }

  function createKernels(): SearchKernels {
    return createSearchKernels({ ...options, variant })
  }

  function createSlots(): VectorSlots {
    // A slot of a graph is a waypoint for others even when it is dead.
    return createVectorSlots(slot => slot >= linked)
  }

  function createKernelsFor(count: number): SearchKernels | undefined {
    try {
      const created = createKernels()
      return created.reserve(count) ? created : undefined
    } catch {
      return undefined // no room beside the table that is there
    }
  }

  function expectRoomFor(rows: ReadonlyMap<number, number>): void {
    if (kernels.reserve(slots.sizeAfter(rows.keys()))) return
    const there = `${slots.living()} vectors of ${dimension} values`
    throw new Error(`expected memory for ${rows.size} more vectors beside ${there}, got none`)
  }

  /** Moves the living to a new memory when most slots are dead; without room for it everything stays as it is. */
  function compactIfWorthwhile(): void {
    const dead = slots.size() - slots.living()
    if (dead < DEAD_TOLERATED || dead < slots.living()) return
    const smaller = createKernelsFor(slots.living())
    if (smaller === undefined) return
    const living = slots.slots()
    const compacted = createSlots()
    for (const slot of living) {
      const { slot: moved } = compacted.take(slots.keyAt(slot))
      smaller.write(moved, kernels.read(slot))
    }
    kernels = smaller
    slots = compacted
    linked = 0
    moves++
  }
}
