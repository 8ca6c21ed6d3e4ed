/**
 * Runs in a page: our vector index beside a plain loop and hnswlib-wasm, in one thread, on the same vectors and queries.
 * The methods take turns query by query, so that load on the machine falls on all of them, and none finds its own data in
 * the cache.
 */
import { loadHnswlib } from 'hnswlib-wasm'
import { createKernelTable, type KernelTable } from '../src/adapters/kernel-table.ts'
import { scanSigns, scanTable, tableQuery, walkTable } from '../src/adapters/kernel-table-search.ts'
import { clusteredRows, keysUpTo } from '../src/adapters/seeded-vectors.ts'
import { hasKey, type KeySet, keySetOf } from '../src/core/key-set.ts'
import { collectBest } from '../src/core/ranking/best-keys.ts'
import { bestKernelVariant } from '../src/kernels/choose-kernel-variant.ts'

export const DIMENSION = 256
/** How many of the nearest are asked for. */
const WANTED = 10
const BREADTHS = [40, 80, 120, 160, 240, 320, 480, 640, 960, 1280]
const HNSWLIB_BREADTHS = [50, 100, 200, 400]
const FILTERS = [100, 10]
/** Own rows added, or given to hnswlib-wasm, at a time. */
const SLICE = 1024

export interface Measured {
  readonly method: string
  /** Share of the vectors that a filter lets through. */
  readonly selected: number
  /** Milliseconds; the tenth percentile is what a query takes when nothing else runs. */
  readonly p10: number
  readonly p50: number
  readonly p99: number
  readonly recall: number
}

export interface Prepared {
  readonly vectors: number
  readonly queries: number
  readonly variant: string
  /** Bytes of memory in use. */
  readonly bytes: { readonly own: number; readonly hnswlib: number }
}

type Ask = (query: Float32Array, filter: KeySet | undefined) => ArrayLike<number>
interface Method {
  readonly name: string
  readonly ask: Ask
  readonly filters: readonly number[]
}

type Library = Awaited<ReturnType<typeof loadHnswlib>>

let rows = new Float32Array(0)
let queries: Float32Array[] = []
let own: KernelTable | undefined
let signs: KernelTable | undefined
let library: Library | undefined
let graph: InstanceType<Library['HierarchicalNSW']> | undefined

/** Takes vectors of real text where there are some, and makes up clustered ones else. */
export async function load(count: number, address: string | undefined): Promise<void> {
  if (address === undefined) {
    const all = clusteredRows(count + 200, DIMENSION, { clusters: Math.ceil(count / 100), seed: 2026 })
    rows = all.slice(0, count * DIMENSION)
    queries = rowsOf(all.slice(count * DIMENSION))
    return
  }
  rows = await floatsAt(`${address}/rows`)
  queries = rowsOf(await floatsAt(`${address}/queries`))
}

/** Fills our index; the graph is built by `linkOwn`. */
export function fillOwn(): void {
  own = createKernelTable({ dimension: DIMENSION, hasGraph: true })
  signs = createKernelTable({ dimension: DIMENSION, hasGraph: false, hasSigns: true })
  for (const table of [own, signs]) eachSlice((keys, part) => table.put(keys, part))
}

export function linkOwn(): void {
  while (expectTable(own).linkNext());
}

export async function openHnswlib(): Promise<void> {
  library = await loadHnswlib()
  graph = new library.HierarchicalNSW('ip', DIMENSION, '')
  graph.initIndex(rows.length / DIMENSION, 16, 200, 100)
}

export function fillHnswlib(): void {
  eachSlice((keys, part) => graph?.addPoints(rowsOf(part), [...keys], false))
}

export function describePrepared(): Prepared {
  const heap = (library as unknown as { HEAPU8?: Uint8Array })?.HEAPU8
  return {
    vectors: rows.length / DIMENSION,
    queries: queries.length,
    variant: bestKernelVariant(),
    bytes: { own: expectTable(own).kernels.bytes(), hnswlib: heap?.length ?? Number.NaN },
  }
}

export function measure(): Measured[] {
  return [0, ...FILTERS].flatMap(every => {
    const filter = every === 0 ? undefined : keySetOf(everyKey(every))
    const chosen = methods().filter(({ filters }) => filters.includes(every))
    return takeTurns(chosen, filter, every === 0 ? 1 : 1 / every)
  })
}

function methods(): Method[] {
  const table = expectTable(own)
  const walk = (breadth: number): Ask => {
    return (query, filter) => walkTable(table, tableQuery(table, query, WANTED, fresh(filter)), breadth).keys
  }
  return [
    { name: 'plain JavaScript loop', ask: plainSearch, filters: [0, ...FILTERS] },
    {
      name: 'int8 scan',
      ask: (query, filter) => scanTable(table, tableQuery(table, query, WANTED, fresh(filter))).keys,
      filters: [0, ...FILTERS],
    },
    {
      name: '1-bit scan',
      ask: query => scanSigns(expectTable(signs), tableQuery(expectTable(signs), query, WANTED)).keys,
      filters: [0],
    },
    ...BREADTHS.map(breadth => ({ name: `int8 graph, ${breadth}`, ask: walk(breadth), filters: [0] })),
    ...HNSWLIB_BREADTHS.map(breadth => ({
      name: `hnswlib-wasm, ${breadth}`,
      ask: hnswlibSearch(breadth),
      filters: breadth === 50 ? [0, ...FILTERS] : [0],
    })),
  ]
}

/** As a new filter for each query: nothing is remembered. */
function fresh(filter: KeySet | undefined): KeySet | undefined {
  return filter && { ...filter }
}

function takeTurns(chosen: readonly Method[], filter: KeySet | undefined, selected: number): Measured[] {
  const times = chosen.map((): number[] => [])
  const found = chosen.map(() => 0)
  for (const query of queries) {
    let truth = new Set<number>()
    for (const [at, { ask }] of chosen.entries()) {
      const began = performance.now()
      const keys = Array.from(ask(query, filter))
      times[at]?.push(performance.now() - began)
      if (at === 0) truth = new Set(keys)
      found[at] = (found[at] ?? 0) + keys.filter(key => truth.has(key)).length / truth.size
    }
  }
  return chosen.map(({ name }, at) => {
    const sorted = (times[at] ?? []).toSorted((a, b) => a - b)
    const quantile = (share: number) => sorted[Math.floor(share * sorted.length)] ?? Number.NaN
    const recall = (found[at] ?? 0) / queries.length
    return { method: name, selected, p10: quantile(0.1), p50: quantile(0.5), p99: quantile(0.99), recall }
  })
}

/** Four sums side by side, which is as fast as JavaScript gets. */
function plainSearch(query: Float32Array, filter: KeySet | undefined): Uint32Array {
  const best = collectBest(WANTED)
  for (let key = 0, at = 0; at < rows.length; key++) {
    if (filter !== undefined && !hasKey(filter, key)) {
      at += DIMENSION
      continue
    }
    let [a, b, c, d] = [0, 0, 0, 0]
    for (let i = 0; i < DIMENSION; i += 4, at += 4) {
      a += (rows[at] as number) * (query[i] as number)
      b += (rows[at + 1] as number) * (query[i + 1] as number)
      c += (rows[at + 2] as number) * (query[i + 2] as number)
      d += (rows[at + 3] as number) * (query[i + 3] as number)
    }
    best.offer(key, a + b + c + d)
  }
  return best.take().keys
}

function hnswlibSearch(breadth: number): Ask {
  return (query, filter) => {
    graph?.setEfSearch(breadth)
    const isChosen = filter && ((label: number) => hasKey(filter, label))
    return graph?.searchKnn(query, WANTED, isChosen).neighbors ?? []
  }
}

function eachSlice(take: (keys: Uint32Array, part: Float32Array) => void): void {
  const keys = keysUpTo(rows.length / DIMENSION)
  for (let from = 0; from < keys.length; from += SLICE) {
    const part = keys.subarray(from, from + SLICE)
    take(part, rows.subarray(from * DIMENSION, (from + part.length) * DIMENSION))
  }
}

function rowsOf(values: Float32Array): Float32Array[] {
  return Array.from({ length: values.length / DIMENSION }, (_, i) =>
    values.slice(i * DIMENSION, (i + 1) * DIMENSION),
  )
}

function everyKey(every: number): Uint32Array {
  return keysUpTo(rows.length / DIMENSION).filter(key => key % every === 0)
}

async function floatsAt(address: string): Promise<Float32Array<ArrayBuffer>> {
  return new Float32Array(await (await fetch(address)).arrayBuffer())
}

function expectTable(table: KernelTable | undefined): KernelTable {
  if (table === undefined) throw new Error('expected our index to be filled first')
  return table
}
