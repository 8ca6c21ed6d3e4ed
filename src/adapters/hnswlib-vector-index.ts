/**
 * A vector index on hnswlib-wasm 0.8.2, kept to what was found safe in it: labels are never given twice and deleted
 * slots never replaced (that corrupts its table of labels), all four numbers are always passed, nothing is saved, and
 * vectors are checked before it sees them (it takes NaN in silence). Vectors are kept outside as well, for true scores and
 * for the rebuilding that takes the place of replacement.
 */
import { hasKey, type KeySet } from '../core/key-set.ts'
import type { Nearest, SearchPath, VectorIndex } from '../core/ports/vector-index.ts'
import { collectBest } from '../core/ranking/best-keys.ts'
import { dotProduct, expectQuery, expectRows } from '../core/vector.ts'
import { createVectorSlots } from './vector-slots.ts'

/** The part of the module that we need; the real one fits. */
export interface HnswlibModule {
  readonly HierarchicalNSW: new (space: 'ip', dimension: number, autoSave: string) => HnswlibGraph
}

interface HnswlibGraph {
  initIndex(maximum: number, neighbours: number, constructionBreadth: number, seed: number): void
  resizeIndex(maximum: number): void
  addPoints(rows: Float32Array[], labels: number[], replaceDeleted: boolean): void
  markDelete(label: number): void
  setEfSearch(breadth: number): void
  searchKnn(
    query: Float32Array,
    count: number,
    filter: ((label: number) => boolean) | undefined,
  ): { readonly neighbors: number[] }
  /** Of the binding: frees what the object holds. */
  delete?(): void
}

const NEIGHBOURS = 16
const CONSTRUCTION_BREADTH = 200
const SEED = 100
const FIRST_ROOM = 1024
/** Kept in sight by a search: at least so many, and so many for each one wanted. */
const BREADTH = { least: 100, perWanted: 2 }
/** Share of dead labels from which the graph is built anew, and the number that is not worth it. */
const DEAD_SHARE = 0.25
const DEAD_TOLERATED = 1024

export function createHnswlibVectorIndex(library: HnswlibModule, dimension: number): VectorIndex {
  let table = createTable()

  return {
    async add(keys, vectors) {
      expectRows(keys, vectors, dimension)
      const rowOfKey = new Map(Array.from(keys, (key, row) => [key, row]))
      put(Array.from(rowOfKey, ([key, row]) => [key, vectors.slice(row * dimension, (row + 1) * dimension)]))
      rebuildIfWorthwhile()
    },

    async remove(keys) {
      for (const key of keys) {
        const label = table.slots.release(key)
        if (label !== undefined) bury(label)
      }
      rebuildIfWorthwhile()
    },

    async search(query, limit, filter) {
      expectQuery(query, dimension)
      return search(query, limit, filter)
    },

    async score(query, keys) {
      expectQuery(query, dimension)
      return Float32Array.from(keys, key => {
        const label = table.slots.slotOf(key)
        return label === undefined ? 0 : scoreOf(query, label)
      })
    },

    keys: async () => table.slots.keys(),

    async clear() {
      table.graph.delete?.()
      table = createTable()
    },
  }

  function createTable() {
    const graph = new library.HierarchicalNSW('ip', dimension, '')
    graph.initIndex(FIRST_ROOM, NEIGHBOURS, CONSTRUCTION_BREADTH, SEED)
    // A slot is a label, and labels are never given twice.
    return { graph, slots: createVectorSlots(() => false), rows: [] as Float32Array[], room: FIRST_ROOM }
  }

  function put(entries: readonly (readonly [key: number, row: Float32Array])[]): void {
    const labels = entries.map(([key, row]) => {
      const { slot, replaced } = table.slots.take(key)
      if (replaced !== undefined) bury(replaced)
      table.rows[slot] = row
      return slot
    })
    if (table.slots.size() > table.room) {
      while (table.slots.size() > table.room) table.room *= 2
      table.graph.resizeIndex(table.room)
    }
    if (labels.length > 0) {
      table.graph.addPoints(
        entries.map(([, row]) => row),
        labels,
        false,
      )
    }
  }

  function bury(label: number): void {
    table.graph.markDelete(label)
    table.rows[label] = new Float32Array(0)
  }

  function rebuildIfWorthwhile(): void {
    const { slots, rows, graph } = table
    const dead = slots.size() - slots.living()
    if (dead < DEAD_TOLERATED || dead < DEAD_SHARE * slots.size()) return
    const living = Array.from(
      slots.slots(),
      label => [slots.keyAt(label), rows[label] ?? new Float32Array(0)] as const,
    )
    graph.delete?.()
    table = createTable()
    put(living)
  }

  function search(query: Float32Array, limit: number, filter: KeySet | undefined): Nearest {
    const { slots, graph } = table
    const among = filter === undefined ? slots.living() : slots.choose(filter).size
    const wanted = Math.min(limit, among)
    const path: SearchPath = { kind: 'graph', compared: undefined, among, recall: undefined, measuredOn: 0 }
    if (wanted === 0) return { ...bestOf(query, [], 0), path }
    graph.setEfSearch(Math.max(BREADTH.least, BREADTH.perWanted * wanted))
    const isChosen = filter && ((label: number) => hasKey(filter, slots.keyAt(label)))
    const { neighbors } = graph.searchKnn(query, wanted, isChosen)
    if (neighbors.length === wanted) return { ...bestOf(query, neighbors, wanted), path }
    // It has lost its way among copies or the dead: then everything is looked at.
    const labels = Array.from(slots.slots()).filter(label => isChosen === undefined || isChosen(label))
    const everything: SearchPath = { kind: 'scan', compared: among, among, recall: 1, measuredOn: 0 }
    return { ...bestOf(query, labels, wanted), path: everything }
  }

  /** True scores, and ties in the order of keys, which it does not know. */
  function bestOf(query: Float32Array, labels: readonly number[], wanted: number) {
    const best = collectBest(wanted)
    for (const label of labels) best.offer(table.slots.keyAt(label), scoreOf(query, label))
    return best.take()
  }

  function scoreOf(query: Float32Array, label: number): number {
    return dotProduct(query, table.rows[label] ?? new Float32Array(dimension))
  }
}
