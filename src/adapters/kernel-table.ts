/**
 * Vectors by key in the memory of the search kernels, with tombstones and, where wanted, a graph over a prefix of the
 * slots: those below `linked` are in it, and those above wait. Everything happens before a call returns.
 */
import { bestKernelVariant } from '../kernels/choose-kernel-variant.ts'
import type { KernelVariant } from '../kernels/load-search-kernels.ts'
import {
  createSearchKernels,
  EMPTY_GRAPH,
  type SearchKernels,
  SEGMENT_SLOTS,
} from '../kernels/search-kernels.ts'
import { createVectorSlots, type SavedSlots, type VectorSlots } from './vector-slots.ts'

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
  /** By segment of 1,024 slots: the number of the last change of what its slots hold, links left out. */
  readonly versions: readonly number[]
  /** How many changes there were, those of a table that was adopted included. */
  readonly changes: number
  /** An empty memory of the same kind, to put saved vectors into. */
  createKernels(): SearchKernels
  /** Takes the place of everything. */
  adopt(saved: SavedTable): void
}

export interface SavedTable extends SavedSlots {
  readonly kernels: SearchKernels
  readonly linked: number
  readonly versions: readonly number[]
  readonly changes: number
}

/** Dead slots that are not worth the work of a new table. */
const DEAD_TOLERATED = 1024

export function createKernelTable(options: KernelTableOptions): KernelTable {
  const { dimension, variant = bestKernelVariant() } = options
  /** Number of the last link. It goes on in another memory, so that links are never taken for those of this one. */
  let stamp = 0
  let kernels = createKernels()
  let slots = createSlots()
  let linked = 0
  let moves = 0
  let versions: number[] = []
  let changes = 0

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
    get versions() {
      return versions
    },
    get changes() {
      return changes
    },
    createKernels,

    put(keys, vectors) {
      const rowOfKey = new Map(Array.from(keys, (key, row) => [key, row]))
      expectRoomFor(rowOfKey)
      for (const [key, row] of rowOfKey) {
        const { slot, replaced } = slots.take(key)
        if (replaced !== undefined && replaced !== slot) bury(replaced)
        kernels.write(slot, vectors.subarray(row * dimension, (row + 1) * dimension))
        changed(slot)
      }
      compactIfWorthwhile()
    },

    remove(keys) {
      for (const key of keys) {
        const slot = slots.release(key)
        if (slot !== undefined) bury(slot)
      }
      compactIfWorthwhile()
    },

    clear: () => move(createKernels(), createSlots()),

    adopt(saved) {
      move(saved.kernels, createSlots(saved))
      linked = saved.linked
      versions = saved.versions.slice()
      changes = Math.max(changes, saved.changes)
      stamp = kernels.graph().stamp
    },

    linkNext() {
      if (linked >= slots.size()) return false
      const slot = linked++
      if (slots.slotOf(slots.keyAt(slot)) === slot) {
        kernels.link(slot)
        stamp++
      }
      return true
    },
  }

  function createKernels(): SearchKernels {
    const created = createSearchKernels({ ...options, variant })
    if (stamp > 0) created.restoreGraph(0, { ...EMPTY_GRAPH, stamp }, [])
    return created
  }

  function createSlots(saved?: SavedSlots): VectorSlots {
    // A slot of a graph is a waypoint for others even when it is dead.
    return createVectorSlots(slot => slot >= linked, saved)
  }

  function bury(slot: number): void {
    kernels.setDead(slot, true)
    changed(slot)
  }

  function changed(slot: number): void {
    versions[Math.floor(slot / SEGMENT_SLOTS)] = ++changes
  }

  function move(to: SearchKernels, withSlots: VectorSlots): void {
    kernels = to
    slots = withSlots
    linked = 0
    moves++
    changes++
    versions = []
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
    move(smaller, compacted)
    for (let slot = 0; slot < slots.size(); slot += SEGMENT_SLOTS) changed(slot)
  }
}
