/**
 * Vectors in WebAssembly memory, searched with SIMD kernels: a quick look at rounded vectors, then true scores for the
 * best of them. As a `scan` it looks at all of them and is exact; as a `graph` it follows links, adds slowly, and finds
 * nearly all. The work of a call is done before it returns.
 */
import type { Neighbours, VectorIndex } from '../core/ports.ts'
import { collectBest } from '../core/ranking/best-keys.ts'
import { expectQuery, expectRows } from '../core/vector.ts'
import { bestKernelVariant } from '../kernels/choose-kernel-variant.ts'
import type { KernelVariant } from '../kernels/load-search-kernels.ts'
import { createSearchKernels, MOST_MATCHES, type RoughMatches } from '../kernels/search-kernels.ts'
import { createVectorSlots } from './vector-slots.ts'

export interface KernelVectorIndexOptions {
  readonly dimension: number
  readonly mode: 'scan' | 'graph'
  /** The memory never grows beyond this; 4 GiB unless said. */
  readonly maximumBytes?: number
  /** The best for this engine unless said. */
  readonly variant?: KernelVariant
}

/**
 * How many rough matches get true scores: at least so many, more where many are asked for. Queries come from a tower of
 * their own and lie apart from the passages, where a graph needs more than the usual 64 to find 98 % of them.
 */
const BREADTH = { scan: { least: 64, perWanted: 2 }, graph: { least: 160, perWanted: 3 } }
/** Dead slots that are not worth the work of a new table. */
const DEAD_TOLERATED = 1024

export function createKernelVectorIndex(options: KernelVectorIndexOptions): VectorIndex {
  const { dimension, mode, maximumBytes, variant = bestKernelVariant() } = options
  let table = createTable()

  return {
    /** @throws Error also when there is no memory; nothing is added then. */
    async add(keys, vectors) {
      expectRows(keys, vectors, dimension)
      const rowOfKey = new Map(Array.from(keys, (key, row) => [key, row]))
      expectRoomFor(rowOfKey)
      for (const [key, row] of rowOfKey) {
        put(table, key, vectors.subarray(row * dimension, (row + 1) * dimension))
      }
      compactIfWorthwhile()
    },

    async remove(keys) {
      for (const key of keys) {
        const slot = table.slots.release(key)
        if (slot !== undefined) table.kernels.setDead(slot, true)
      }
      compactIfWorthwhile()
    },

    async search(query, limit) {
      expectQuery(query, dimension)
      const wanted = Math.min(limit, table.slots.living())
      if (wanted === 0) return { keys: new Uint32Array(0), scores: new Float32Array(0) }
      table.kernels.setQuery(query)
      const breadth = Math.max(BREADTH[mode].least, BREADTH[mode].perWanted * wanted)
      if (breadth > MOST_MATCHES) return bestOf(table.slots.slots(), wanted).neighbours
      return mode === 'scan' ? scan(breadth, wanted) : walk(breadth, wanted)
    },

    async score(query, keys) {
      expectQuery(query, dimension)
      table.kernels.setQuery(query)
      const known = keys.filter(key => table.slots.slotOf(key) !== undefined)
      const scores = table.kernels.score(known.map(key => table.slots.slotOf(key) ?? 0))
      let next = 0
      return Float32Array.from(keys, key =>
        table.slots.slotOf(key) === undefined ? 0 : (scores[next++] as number),
      )
    },

    keys: async () => table.slots.keys(),

    async clear() {
      table = createTable()
    },
  }

  function createTable() {
    const kernels = createSearchKernels({ dimension, hasGraph: mode === 'graph', maximumBytes, variant })
    // A slot of a graph is a waypoint for others even when it is dead.
    return { kernels, slots: createVectorSlots({ reuse: mode === 'scan' }) }
  }

  function createTableFor(slots: number): typeof table | undefined {
    try {
      const created = createTable()
      return created.kernels.reserve(slots) ? created : undefined
    } catch {
      return undefined // no room beside the table that is there
    }
  }

  function put(target: typeof table, key: number, vector: Float32Array): void {
    const { slot, replaced } = target.slots.take(key)
    if (replaced !== undefined && replaced !== slot) target.kernels.setDead(replaced, true)
    target.kernels.write(slot, vector)
    if (mode === 'graph') target.kernels.link(slot)
  }

  function expectRoomFor(rows: ReadonlyMap<number, number>): void {
    const slots = table.slots.sizeAfter(rows.keys())
    if (table.kernels.reserve(slots)) return
    const there = `${table.slots.living()} vectors of ${dimension} values`
    throw new Error(`expected memory for ${rows.size} more vectors beside ${there}, got none`)
  }

  function scan(breadth: number, wanted: number): Neighbours {
    const rough = table.kernels.scan(table.slots.size(), breadth)
    const { neighbours, largestError } = bestOf(rough.slots, wanted, rough)
    const isComplete = rough.slots.length < breadth
    const last = neighbours.scores[wanted - 1] ?? Number.NEGATIVE_INFINITY
    // What rounding did to these rows it may have done to one that is not among them: then only true scores decide.
    if (isComplete || rough.worst + 2 * largestError < last) return neighbours
    return bestOf(table.slots.slots(), wanted).neighbours
  }

  function walk(breadth: number, wanted: number): Neighbours {
    const rough = table.kernels.walk(breadth)
    const reached = rough.slots.length >= Math.min(breadth, table.slots.living())
    return bestOf(reached ? rough.slots : table.slots.slots(), wanted).neighbours
  }

  /** The best of `slots` by true scores, and by how much the rough ones were wrong. */
  function bestOf(slots: Uint32Array, wanted: number, rough?: RoughMatches) {
    const scores = table.kernels.score(slots)
    const best = collectBest(wanted)
    let largestError = 0
    slots.forEach((slot, i) => {
      const score = scores[i] as number
      best.offer(table.slots.keyAt(slot), score)
      if (rough !== undefined) {
        largestError = Math.max(largestError, Math.abs(score - (rough.similarities[i] as number)))
      }
    })
    return { neighbours: best.take(), largestError }
  }

  /** Moves the living to a new table when most slots are dead; without memory for it everything stays as it is. */
  function compactIfWorthwhile(): void {
    const dead = table.slots.size() - table.slots.living()
    if (dead < DEAD_TOLERATED || dead < table.slots.living()) return
    const smaller = createTableFor(table.slots.living())
    if (smaller === undefined) return
    for (const slot of table.slots.slots()) put(smaller, table.slots.keyAt(slot), table.kernels.read(slot))
    table = smaller
  }
}
