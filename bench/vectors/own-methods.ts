/** Our vector index: as the page asks it, and the two ways between which it chooses. */
import { openIdbSnapshots } from '../../src/adapters/idb-snapshots.ts'
import { createKernelTable, type KernelTable } from '../../src/adapters/kernel-table.ts'
import { scanTable, tableQuery, walkTable } from '../../src/adapters/kernel-table-search.ts'
import { createPlannedVectorIndex } from '../../src/adapters/planned-vector-index.ts'
import { createTableSaveable } from '../../src/adapters/table-snapshot.ts'
import type { KeySet } from '../../src/core/key-set.ts'
import { mayWalk } from '../../src/core/search-plan.ts'
import type { Saveable } from '../../src/core/snapshot.ts'
import type { VectorMethod, VectorMethodOptions } from './vector-method.ts'

const BREADTHS = [60, 80, 120, 160, 240, 320, 480, 640, 1280]
/** What the plan begins with. */
const USUAL = 160
/** Milliseconds of preparation at a time. */
const SLICE = 200
const SNAPSHOT = 'vectors'

/** The index of the page, which measures the device and decides for itself. */
export function createPlannedMethod({ dimension }: VectorMethodOptions): VectorMethod {
  const create = () => createPlannedVectorIndex({ dimension, now: () => performance.now() })
  let index = create()
  let path = ''
  const tend = async () => !((await index.tend?.(SLICE))?.idle ?? true)
  const search = async (query: Float32Array, count: number, filter?: KeySet) => {
    const found = await index.search(query, count, filter)
    path = found.path.kind
    return found.keys
  }
  return {
    settings: [0],
    usual: 0,
    add: (keys, rows) => index.add(keys, rows),
    finish: tend,
    learns: true,
    async rest() {
      while (await tend());
    },
    search: (query, count) => search(query, count),
    select: (query, count, { keys }) => search(query, count, { ...keys }),
    path: () => path,
    remove: keys => index.remove(keys),
    save: () => save(index.saveable),
    load() {
      index = create()
      return load(index.saveable)
    },
  }
}

/** Every vector is looked at. */
export function createScanMethod({ dimension }: VectorMethodOptions): VectorMethod {
  const own = createTable(dimension, false)
  return {
    ...own.method,
    settings: [0],
    usual: 0,
    search: (query, count) => scanTable(own.table(), tableQuery(own.table(), query, count)).keys,
    // A new object each time: a filter that it knows already would be cheaper.
    select: (query, count, { keys }) =>
      scanTable(own.table(), tableQuery(own.table(), query, count, { ...keys })).keys,
  }
}

/** The graph is followed, whatever the size; a small selection is scanned, as the plan says. */
export function createGraphMethod({ dimension }: VectorMethodOptions): VectorMethod {
  const own = createTable(dimension, true)
  return {
    ...own.method,
    settings: BREADTHS,
    usual: USUAL,
    finish() {
      const until = performance.now() + SLICE
      while (performance.now() < until) if (!own.table().linkNext()) return false
      return true
    },
    search: (query, count, breadth) =>
      walkTable(own.table(), tableQuery(own.table(), query, count), breadth).keys,
    select(query, count, { keys }) {
      const table = own.table()
      const asked = tableQuery(table, query, count, { ...keys })
      const { selected } = asked
      const isLoose = mayWalk({ selected, living: table.slots.living(), threshold: 0 })
      return isLoose ? walkTable(table, asked, USUAL).keys : scanTable(table, asked).keys
    },
  }
}

function createTable(dimension: number, hasGraph: boolean) {
  let table: KernelTable = createKernelTable({ dimension, hasGraph })
  const method = {
    add: (keys: Uint32Array, rows: Float32Array) => table.put(keys, rows),
    remove: (keys: Uint32Array) => table.remove(keys),
    save: () => save(createTableSaveable(table)),
    load() {
      table = createKernelTable({ dimension, hasGraph })
      return load(createTableSaveable(table))
    },
    bytes: () => table.kernels.bytes(),
  }
  return { method, table: () => table }
}

/** As the page does it. */
async function save(source: Saveable | undefined): Promise<undefined> {
  const snapshots = openIdbSnapshots()
  if (source !== undefined) await snapshots.save(SNAPSHOT, source, undefined)
  await snapshots.close()
}

async function load(target: Saveable | undefined): Promise<void> {
  const snapshots = openIdbSnapshots()
  const snapshot = await snapshots.open(SNAPSHOT)
  if (target === undefined || snapshot === undefined) throw new Error('expected a snapshot, found none')
  await target.restore(snapshot.parts)
  await snapshots.close()
}
