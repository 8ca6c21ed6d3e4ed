/** The ways to find the nearest vectors of a table: look at all of them, at their signs first, or follow the graph. */
import type { KeySet } from '../core/key-set.ts'
import type { Nearest, Neighbours, SearchPath } from '../core/ports/vector-index.ts'
import { collectBest } from '../core/ranking/best-keys.ts'
import { MOST_MATCHES, type RoughMatches } from '../kernels/search-kernels.ts'
import type { KernelTable } from './kernel-table.ts'

/** What to look for, and among which vectors. */
export interface TableQuery {
  readonly query: Float32Array
  /** At most this many, all of which there are. */
  readonly wanted: number
  /** Living vectors that may be found. */
  readonly selected: number
  readonly filter: KeySet | undefined
}

/** Rough matches that get true scores: at least so many, and so many for each one wanted. */
const SCAN_BREADTH = { least: 64, perWanted: 2 }
const SIGNS_BREADTH = { least: 512, perWanted: 8 }

/** @param limit May be more than there are. */
export function tableQuery(
  table: KernelTable,
  query: Float32Array,
  limit: number,
  filter?: KeySet,
): TableQuery {
  const selected = filter === undefined ? table.slots.living() : table.slots.choose(filter).size
  return { query, wanted: Math.min(limit, selected), selected, filter }
}

/**
 * Compares the query with the codes of all vectors, then with the best of the vectors themselves; with all of them where
 * rounding might have hidden a better one. Misses nothing.
 */
export function scanTable(table: KernelTable, asked: TableQuery): Nearest {
  const { wanted, selected } = asked
  const breadth = breadthOf(SCAN_BREADTH, wanted)
  const path: SearchPath = { kind: 'scan', compared: selected, among: selected, recall: 1, measuredOn: 0 }
  if (wanted === 0 || breadth > MOST_MATCHES) return { ...bestOfAll(table, asked), path }
  prepare(table, asked)
  const rough = table.kernels.scan(table.slots.size(), breadth, asked.filter !== undefined)
  const { neighbours, largestError } = bestOf(table, rough.slots, wanted, rough)
  const isComplete = rough.slots.length < breadth
  const last = neighbours.scores[wanted - 1] ?? Number.NEGATIVE_INFINITY
  // What rounding did to these rows it may have done to one that is not among them: then only true scores decide.
  if (isComplete || rough.worst + 2 * largestError < last) return { ...neighbours, path }
  return { ...bestOfAll(table, asked), path }
}

/** Compares signs, then the best of the vectors themselves. Reads little and misses some. */
export function scanSigns(table: KernelTable, asked: TableQuery): Nearest {
  const { wanted, selected } = asked
  const breadth = breadthOf(SIGNS_BREADTH, wanted)
  const path: SearchPath = {
    kind: 'signs',
    compared: selected,
    among: selected,
    recall: undefined,
    measuredOn: 0,
  }
  if (wanted === 0 || breadth > MOST_MATCHES) return { ...bestOfAll(table, asked), path }
  prepare(table, asked)
  const rough = table.kernels.scanSigns(table.slots.size(), breadth, asked.filter !== undefined)
  return { ...bestOf(table, rough.slots, wanted).neighbours, path }
}

/** Follows the graph to about the nearest `breadth`, and compares the query with every vector that is not in it yet. */
export function walkTable(table: KernelTable, asked: TableQuery, breadth: number): Nearest {
  const { wanted, selected } = asked
  if (wanted === 0 || breadth > MOST_MATCHES) return scanTable(table, asked)
  prepare(table, asked)
  const size = table.slots.size()
  const rough = table.kernels.walk(breadth, { linked: table.linked, slots: size }, asked.filter !== undefined)
  // A walk that does not get far has lost its way: among copies, or behind the dead.
  if (rough.slots.length < Math.min(breadth, selected)) return scanTable(table, asked)
  const compared = table.kernels.comparedByWalk() + size - table.linked
  const path: SearchPath = { kind: 'graph', compared, among: selected, recall: undefined, measuredOn: 0 }
  return { ...bestOf(table, rough.slots, wanted).neighbours, path }
}

/** Cosines of the query with the vectors of `keys`, in their order; 0 for an unknown key. */
export function scoreKeys(table: KernelTable, query: Float32Array, keys: Uint32Array): Float32Array {
  table.kernels.setQuery(query)
  const slots = Array.from(keys, key => table.slots.slotOf(key))
  const scores = table.kernels.score(Uint32Array.from(slots.filter(slot => slot !== undefined)))
  let next = 0
  return Float32Array.from(slots, slot => (slot === undefined ? 0 : (scores[next++] as number)))
}

function breadthOf({ least, perWanted }: typeof SCAN_BREADTH, wanted: number): number {
  return Math.max(least, perWanted * wanted)
}

function prepare({ kernels, slots }: KernelTable, { query, filter }: TableQuery): void {
  kernels.setQuery(query)
  if (filter !== undefined) kernels.setFilter(slots.choose(filter).words)
}

function bestOfAll(table: KernelTable, { query, wanted, filter }: TableQuery): Neighbours {
  table.kernels.setQuery(query)
  const living = table.slots.slots()
  const words = filter === undefined ? undefined : table.slots.choose(filter).words
  const slots =
    words === undefined
      ? living
      : living.filter(slot => (((words[slot >>> 5] ?? 0) >>> (slot & 31)) & 1) === 1)
  return bestOf(table, slots, wanted).neighbours
}

/** The best of `slots` by true scores, and by how much the rough ones were wrong. */
function bestOf(
  { kernels, slots: { keyAt } }: KernelTable,
  slots: Uint32Array,
  wanted: number,
  rough?: RoughMatches,
) {
  const scores = kernels.score(slots)
  const best = collectBest(wanted)
  let largestError = 0
  slots.forEach((slot, i) => {
    const score = scores[i] as number
    best.offer(keyAt(slot), score)
    if (rough !== undefined) {
      largestError = Math.max(largestError, Math.abs(score - (rough.similarities[i] as number)))
    }
  })
  return { neighbours: best.take(), largestError }
}
