/**
 * The vector index of the page. It scans while a scan is fast enough on this device; above that it builds a graph in
 * slices, when it is asked to `tend`, and follows it once it is complete and past queries have shown that it finds nearly
 * all. One memory holds both, so no search waits and nothing is there twice; what changes meanwhile is scanned until the
 * graph has it.
 */
import type { Nearest, Preparation, VectorIndex } from '../core/ports/vector-index.ts'
import {
  choosePath,
  ENOUGH_WALKS,
  mayWalk,
  nextBoost,
  scanThreshold,
  type SearchPlan,
  walkBreadth,
  wantsGraph,
  wantsLinks,
} from '../core/search-plan.ts'
import { expectQuery, expectRows } from '../core/vector.ts'
import { createKernelTable, type KernelTableOptions } from './kernel-table.ts'
import { scanTable, scoreKeys, type TableQuery, tableQuery, walkTable } from './kernel-table-search.ts'
import { measureScanSpeed } from './scan-speed.ts'
import { createTableSaveable } from './table-snapshot.ts'
import { createWalkSamples, type WalkSample } from './walk-samples.ts'

export interface PlannedVectorIndexOptions extends Omit<KernelTableOptions, 'hasGraph' | 'hasSigns'> {
  /** Milliseconds, as fine as there are. */
  readonly now: () => number
  /** Vectors up to which everything is scanned; measured here unless said. */
  readonly threshold?: number
  /** Follows the graph before it is known what walks find. */
  readonly trusts?: boolean
  /** Of the choice of queries whose recall is measured. */
  readonly seed?: number
}

/** What is assumed of walks that nobody has measured. */
const TRUSTED: readonly number[] = Array<number>(ENOUGH_WALKS).fill(1)
/** Smaller scans are too short to be timed. */
const LEAST_TIMED = 8192
/** Weight of the newest time in a running mean. */
const NEWEST = 0.1

export function createPlannedVectorIndex(options: PlannedVectorIndexOptions): VectorIndex {
  const { dimension, now, trusts = false, seed = 2026 } = options
  const table = createKernelTable({ ...options, hasGraph: true })
  const samples = createWalkSamples(seed)
  let nanoseconds = options.threshold === undefined ? measureScanSpeed(dimension, now) : undefined
  let walkTime: number | undefined
  let boost = 1
  let moves = table.moves

  return {
    /** @throws Error also when there is no memory; nothing is added then. */
    async add(keys, vectors) {
      expectRows(keys, vectors, dimension)
      table.put(keys, vectors)
    },

    remove: async keys => table.remove(keys),

    async search(query, limit, filter) {
      expectQuery(query, dimension)
      const asked = tableQuery(table, query, limit, filter)
      const current = { ...plan(), ...times(asked) }
      if (wantsGraph(current) && mayWalk(current)) samples.offer(asked)
      if (chosen(current) === 'scan') return timedScan(asked)
      const found = timedWalk(asked)
      if (found.path.kind === 'scan') return found
      const recall = samples.recall()
      return { ...found, path: { ...found.path, recall, measuredOn: samples.recalls().length } }
    },

    async score(query, keys) {
      expectQuery(query, dimension)
      return scoreKeys(table, query, keys)
    },

    keys: async () => table.slots.keys(),
    clear: async () => table.clear(),
    saveable: createTableSaveable(table),

    async tend(milliseconds) {
      const until = now() + milliseconds
      do {
        if (wantsLinks(plan())) table.linkNext()
        else if (!measureOne()) break
      } while (now() < until)
      return preparation()
    },
  }

  function plan() {
    if (moves !== table.moves) startOver()
    return {
      living: table.slots.living(),
      size: table.slots.size(),
      linked: table.linked,
      threshold: threshold(),
    }
  }

  function chosen(current: Omit<SearchPlan, 'recalls'>): 'scan' | 'graph' {
    return choosePath({ ...current, recalls: trusts ? TRUSTED : samples.recalls() })
  }

  function threshold(): number {
    return options.threshold ?? scanThreshold(nanoseconds ?? 0)
  }

  function times({ selected }: TableQuery) {
    const scanTime = nanoseconds === undefined ? undefined : (nanoseconds * selected) / 1e6
    return { selected, walkTime, scanTime }
  }

  /** After the table has moved its graph is gone, and what was measured with it. */
  function startOver(): void {
    moves = table.moves
    walkTime = undefined
    boost = 1
    samples.startOver()
  }

  function timedScan(asked: TableQuery): Nearest {
    const began = now()
    const found = scanTable(table, asked)
    if (asked.selected >= LEAST_TIMED && asked.filter === undefined) {
      nanoseconds = runningMean(nanoseconds, ((now() - began) * 1e6) / asked.selected)
    }
    return found
  }

  function timedWalk(asked: TableQuery): Nearest {
    const began = now()
    const found = walkTable(table, asked, walkBreadth(asked.wanted, boost))
    if (found.path.kind === 'graph') walkTime = runningMean(walkTime, now() - began)
    return found
  }

  /** Compares a walk with the truth for one past query; false when there is nothing to measure. */
  function measureOne(): boolean {
    if (table.linked === 0) return false
    const sample = samples.unmeasured()
    if (sample === undefined) return false
    samples.settle(sample, recallOf(sample))
    const next = nextBoost(boost, samples.recalls())
    if (next === boost) return true
    boost = next
    walkTime = undefined
    samples.startOver()
    return true
  }

  function recallOf({ query, wanted, filter }: WalkSample): number {
    const asked = tableQuery(table, query, wanted, filter)
    const truth = new Set(timedScan(asked).keys)
    const found = timedWalk(asked).keys
    return truth.size === 0 ? 1 : found.filter(key => truth.has(key)).length / truth.size
  }

  function preparation(): Preparation {
    const current = plan()
    return {
      linked: current.linked,
      total: wantsGraph(current) ? current.size : 0,
      // Measured anew with each scan: two digits are as good as it gets, and do not change with every query.
      threshold: Number(current.threshold.toPrecision(2)),
      idle: !wantsLinks(current) && (current.linked === 0 || samples.unmeasured() === undefined),
    }
  }
}

function runningMean(mean: number | undefined, newest: number): number {
  return mean === undefined ? newest : (1 - NEWEST) * mean + NEWEST * newest
}
