/** Runs in a page: one way to search words, asked from outside. */
import type { WordKind, WordMethod } from './word-method.ts'

const METHODS: Readonly<Record<string, () => Promise<() => WordMethod>>> = {
  own: async () => (await import('./own-words.ts')).createOwnWords,
  minisearch: async () => (await import('../peers/minisearch-method.ts')).createMiniSearch,
  orama: async () => (await import('../peers/orama-method.ts')).createOrama,
}

/** How many of the best are asked for. */
const WANTED = 10

export interface WordsAnswered {
  readonly milliseconds: number
  readonly keys: readonly number[]
}

let method: WordMethod | undefined

export async function open(name: string): Promise<void> {
  const create = await METHODS[name]?.()
  if (create === undefined) throw new Error(`expected a known method, got ${name}`)
  method = create()
}

/** Reads a page of texts and does nothing with them; how many there are. */
export async function readTexts(page: number): Promise<number> {
  return (await textsOf(page)).length
}

/** Adds a page of texts, whose first has the key `first`. */
export async function add(page: number, first: number): Promise<void> {
  const texts = await textsOf(page)
  await expectMethod().add(
    texts.map((_, i) => first + i),
    texts,
  )
}

/** Answers to queries in a row. */
export async function ask(kind: WordKind, queries: readonly string[]): Promise<WordsAnswered[]> {
  const answers: WordsAnswered[] = []
  for (const query of queries) {
    const began = performance.now()
    const keys = await expectMethod().search(kind, query, WANTED)
    answers.push({ milliseconds: performance.now() - began, keys })
  }
  return answers
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

export function bytes(): number | undefined {
  return expectMethod().bytes?.()
}

async function textsOf(page: number): Promise<string[]> {
  return (await (await fetch(`/bench-data/texts?page=${page}`)).json()) as string[]
}

function expectMethod(): WordMethod {
  if (method === undefined) throw new Error('expected a method to be opened first')
  return method
}
