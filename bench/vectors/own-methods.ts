/** Our vector index: as the page asks it, and the two ways between which it chooses. */
import { createKernelTable } from '../../src/adapters/kernel-table.ts'
import { scanTable, tableQuery, walkTable } from '../../src/adapters/kernel-table-search.ts'
import { createPlannedVectorIndex } from '../../src/adapters/planned-vector-index.ts'
import type { KeySet } from '../../src/core/key-set.ts'
import { choosePath } from '../../src/core/search-plan.ts'
import type { VectorMethod, VectorMethodOptions } from './vector-method.ts'

const BREADTHS = [80, 160, 320, 640, 1280]
/** Milliseconds of preparation at a time. */
const SLICE = 200

/** The index of the page, which measures the device and decides for itself. */
export function createPlannedMethod({ dimension }: VectorMethodOptions): VectorMethod {
  const index = createPlannedVectorIndex({ dimension, now: () => performance.now() })
  let path = ''
  const search = async (query: Float32Array, count: number, filter?: KeySet) => {
    const found = await index.search(query, count, filter)
    path = found.path.kind
    return found.keys
  }
  return {
    settings: [0],
    usual: 0,
    add: (keys, rows) => index.add(keys, rows),
    finish: async () => !((await index.tend?.(SLICE))?.idle ?? true),
    search: (query, count) => search(query, count),
    select: (query, count, { keys }) => search(query, count, { ...keys }),
    path: () => path,
    remove: keys => index.remove(keys),
  }
}

/** Every vector is looked at. */
export function createScanMethod({ dimension }: VectorMethodOptions): VectorMethod {
  const table = createKernelTable({ dimension, hasGraph: false })
  return {
    settings: [0],
    usual: 0,
    add: (keys, rows) => table.put(keys, rows),
    search: (query, count) => scanTable(table, tableQuery(table, query, count)).keys,
    // A new object each time: a filter that it knows already would be cheaper.
    select: (query, count, { keys }) => scanTable(table, tableQuery(table, query, count, { ...keys })).keys,
    remove: keys => table.remove(keys),
    bytes: () => table.kernels.bytes(),
  }
}

/** The graph is followed, whatever the size; a small selection is scanned, as the plan says. */
export function createGraphMethod({ dimension }: VectorMethodOptions): VectorMethod {
  const table = createKernelTable({ dimension, hasGraph: true })
  const [, usual = 160] = BREADTHS
  return {
    settings: BREADTHS,
    usual,
    add: (keys, rows) => table.put(keys, rows),
    finish() {
      const until = performance.now() + SLICE
      while (performance.now() < until) if (!table.linkNext()) return false
      return true
    },
    search: (query, count, breadth) => walkTable(table, tableQuery(table, query, count), breadth).keys,
    select(query, count, { keys }) {
      const asked = tableQuery(table, query, count, { ...keys })
      const { slots, linked } = table
      const plan = {
        selected: asked.selected,
        living: slots.living(),
        size: slots.size(),
        linked,
        threshold: 0,
      }
      return choosePath(plan) === 'scan' ? scanTable(table, asked).keys : walkTable(table, asked, usual).keys
    },
    remove: keys => table.remove(keys),
    bytes: () => table.kernels.bytes(),
  }
}
