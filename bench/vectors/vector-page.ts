/** Runs in a page: one way to search vectors, asked from outside. */
import { keySetOf } from '../../src/core/key-set.ts'
import type { CreateVectorMethod, Selection, VectorMethod, VectorMethodOptions } from './vector-method.ts'

const METHODS: Readonly<Record<string, () => Promise<CreateVectorMethod>>> = {
  plain: async () => (await import('./plain-method.ts')).createPlainMethod,
  planned: async () => (await import('./own-methods.ts')).createPlannedMethod,
  scan: async () => (await import('./own-methods.ts')).createScanMethod,
  graph: async () => (await import('./own-methods.ts')).createGraphMethod,
  hnswlib: async () => (await import('./hnswlib-method.ts')).createHnswlibMethod,
  edgevec: async () => (await import('../peers/edgevec-method.ts')).createEdgeVecMethod,
  mememo: async () => (await import('../peers/mememo-method.ts')).createMememoMethod,
  voy: async () => (await import('../peers/voy-method.ts')).createVoyMethod,
  pglite: async () => (await import('../peers/pglite-method.ts')).createPgliteMethod,
}

/** How many of the nearest are asked for. */
const WANTED = 10

export interface Opened {
  readonly settings: readonly number[]
  readonly usual: number
  readonly hasFilters: boolean
  readonly removes: boolean
  readonly saves: boolean
  readonly learns: boolean
}

export interface Answered {
  readonly milliseconds: number
  readonly keys: number[]
  readonly path: string | undefined
}

let method: VectorMethod | undefined
let options: VectorMethodOptions = { dimension: 0, count: 0 }
let queries = new Float32Array(0)
let selections: Selection[] = []

export async function open(name: string, asked: VectorMethodOptions): Promise<Opened> {
  options = asked
  const create = await METHODS[name]?.()
  if (create === undefined) throw new Error(`expected a known method, got ${name}`)
  queries = await floatsAt('queries')
  selections = ([10, 100] as const).map(every => ({ every, keys: keySetOf(keysOf(0, asked.count, every)) }))
  method = await create(asked)
  return {
    settings: method.settings,
    usual: method.usual,
    hasFilters: method.select !== undefined,
    removes: method.remove !== undefined,
    saves: method.save !== undefined,
    learns: method.learns ?? false,
  }
}

/** Reads vectors and does nothing with them: what this costs is not the method's. */
export async function readRows(from: number, end: number): Promise<number> {
  return (await rowsOf(from, end)).length
}

export async function add(from: number, end: number): Promise<void> {
  await expectMethod().add(keysOf(from, end), await rowsOf(from, end))
}

/** Whether there is more to be done. */
export async function finish(): Promise<boolean> {
  return (await expectMethod().finish?.()) ?? false
}

/** Answers to queries in a row, from one to before another. */
export async function ask(
  from: number,
  end: number,
  setting: number,
  every: 1 | 10 | 100,
): Promise<Answered[]> {
  const answers: Answered[] = []
  for (let query = from; query < end; query++) answers.push(await answer(query, setting, every))
  await expectMethod().rest?.()
  return answers
}

async function answer(query: number, setting: number, every: 1 | 10 | 100): Promise<Answered> {
  const { dimension } = options
  const vector = queries.slice(query * dimension, (query + 1) * dimension)
  const selection = selections.find(one => one.every === every)
  const asked = expectMethod()
  const began = performance.now()
  const found = await (selection === undefined
    ? asked.search(vector, WANTED, setting)
    : asked.select?.(vector, WANTED, selection))
  const milliseconds = performance.now() - began
  return { milliseconds, keys: Array.from(found ?? []), path: asked.path?.() }
}

/** Milliseconds until everything is in IndexedDB, and its bytes. */
export async function save(): Promise<{ readonly milliseconds: number; readonly bytes: number | undefined }> {
  const began = performance.now()
  const bytes = await expectMethod().save?.()
  return { milliseconds: performance.now() - began, bytes }
}

/** Milliseconds until it can be asked again. */
export async function load(): Promise<number> {
  const began = performance.now()
  await expectMethod().load?.()
  return performance.now() - began
}

/** Milliseconds for removing every fifth key. */
export async function removeFifth(): Promise<number> {
  const keys = fifthOf(0, options.count)
  const rows = method?.removesByVector === true ? await fifthRows(0, options.count) : new Float32Array(0)
  const began = performance.now()
  await expectMethod().remove?.(keys, rows)
  return performance.now() - began
}

/** Adds the removed keys of a range again; the number of them. */
export async function addFifth(from: number, end: number): Promise<number> {
  const keys = fifthOf(from, end)
  if (keys.length > 0) await expectMethod().add(keys, await fifthRows(from, end))
  return keys.length
}

export function bytes(): number | undefined {
  return expectMethod().bytes?.()
}

async function fifthRows(from: number, end: number): Promise<Float32Array> {
  const { dimension } = options
  const rows = await rowsOf(from, end)
  const keys = fifthOf(from, end)
  const chosen = new Float32Array(keys.length * dimension)
  keys.forEach((key, i) => {
    chosen.set(rows.subarray((key - from) * dimension, (key - from + 1) * dimension), i * dimension)
  })
  return chosen
}

function fifthOf(from: number, end: number): Uint32Array {
  return keysOf(from, end).filter(key => key % 5 === 1)
}

function keysOf(from: number, end: number, every = 1): Uint32Array {
  return Uint32Array.from({ length: end - from }, (_, i) => from + i).filter(key => key % every === 0)
}

function rowsOf(from: number, end: number): Promise<Float32Array<ArrayBuffer>> {
  return floatsAt(`rows?from=${from}&end=${end}`)
}

async function floatsAt(name: string): Promise<Float32Array<ArrayBuffer>> {
  return new Float32Array(await (await fetch(`/bench-data/${name}`)).arrayBuffer())
}

function expectMethod(): VectorMethod {
  if (method === undefined) throw new Error('expected a method to be opened first')
  return method
}
