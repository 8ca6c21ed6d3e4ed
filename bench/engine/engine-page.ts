/** Runs in a built page: the engine in its worker over a library in IndexedDB, as the app has it. */
import { openIdbLibrary } from '../../src/adapters/idb-library.ts'
import { createSha256 } from '../../src/adapters/noble-sha256.ts'
import { startEngineWorker } from '../../src/adapters/page-engine.ts'
import type { NewDocument, Passage } from '../../src/core/document.ts'
import { parseDocumentId } from '../../src/core/document.ts'
import type { BelfryEvent } from '../../src/core/events.ts'
import { parseManifest } from '../../src/core/model/manifest.ts'
import { spaceOf } from '../../src/core/model/space.ts'
import type { SearchAnswer } from '../../src/core/ranking/answer.ts'

/** Passages of one document. */
const DOCUMENT_PASSAGES = 25
/** Milliseconds between two looks at something that does not tell of itself. */
const PAUSE = 250
/** Looks at saved snapshots that must be the same. */
const QUIET_LOOKS = 12

export interface KeyStroke {
  /** From the message to the engine until its first results are in the page. */
  readonly milliseconds: number
  /** Until all of them are, with their marks. */
  readonly whole: number
  readonly results: number
  readonly passages: number
  readonly path: string | undefined
}

export interface FirstAnswers {
  /** Milliseconds since the page was asked for. */
  readonly any: number
  /** The first that names as many passages as the library has, with meaning as well as words. */
  readonly whole: number
}

const engine = startEngineWorker({ backend: 'wasm' })
let hearAnswer: ((query: string, answer: SearchAnswer) => void) | undefined
let isIndexed = false
const rebuilt: string[] = []

function hear(events: readonly BelfryEvent[]): void {
  for (const event of events) {
    if (event.type === 'search-finished') hearAnswer?.(event.query, event.answer)
    if (event.type === 'index-rebuilt') rebuilt.push(event.why)
    if (event.type === 'index-changed') isIndexed = event.index.preparation?.idle ?? false
  }
}

/** Stores a page of texts as documents, with their vectors. */
async function fill(page: number, dimension: number, first: number): Promise<void> {
  const texts = (await (await fetch(`/bench-data/texts?page=${page}`)).json()) as string[]
  const answer = await fetch(`/bench-data/rows?from=${first}&end=${first + texts.length}`)
  const rows = new Float32Array(await answer.arrayBuffer())
  const space = await modelSpace()
  const library = openIdbLibrary()
  for (let from = 0; from < texts.length; from += DOCUMENT_PASSAGES) {
    const part = texts.slice(from, from + DOCUMENT_PASSAGES)
    const vectors = rows.slice(from * dimension, (from + part.length) * dimension)
    const { text, passages } = joined(part)
    await library.put({ ...documentAt(first + from, part, space) }, { text, passages }, vectors)
  }
  await library.close()
}

function joined(parts: readonly string[]): { readonly text: string; readonly passages: Passage[] } {
  const passages: Passage[] = []
  let start = 0
  for (const part of parts) {
    passages.push({ start, end: start + part.length, trail: [] })
    start += part.length + 2
  }
  return { text: parts.join('\n\n'), passages }
}

function documentAt(number: number, parts: readonly string[], space: NewDocument['space']): NewDocument {
  const name = `document-${number}.txt`
  return {
    id: parseDocumentId(number.toString(16).padStart(64, '0')),
    title: name,
    name,
    path: `bench/${name}`,
    mediaType: 'text/plain',
    bytes: parts.reduce((sum, { length }) => sum + length, 0),
    modifiedAt: 0,
    addedAt: 0,
    passageCount: parts.length,
    space,
  }
}

async function modelSpace(): Promise<NewDocument['space']> {
  const answer = await fetch('/models/belfry-two-tower/manifest.json')
  return spaceOf(parseManifest(await answer.json()), text => {
    const hash = createSha256()
    hash.update(new TextEncoder().encode(text))
    return hash.digest()
  })
}

/** Resolves when the library can be searched. */
async function start(): Promise<void> {
  await engine.subscribe(hear)
  await engine.start()
}

/** Milliseconds since the page was asked for, to the first answers. */
async function startAndAsk(query: string, passages: number): Promise<FirstAnswers> {
  await engine.subscribe(hear)
  void engine.start()
  let any: number | undefined
  for (;;) {
    const answer = await searchOnce(query)
    if (answer.results > 0) any ??= performance.now()
    if (any !== undefined && answer.passages >= passages && answer.path !== undefined) {
      return { any, whole: performance.now() }
    }
    // Asking without a pause would take the engine's time for starting.
    await new Promise(resolve => setTimeout(resolve, 20))
  }
}

async function searchOnce(query: string): Promise<KeyStroke> {
  const began = performance.now()
  let milliseconds: number | undefined
  const { results, passages, path } = await new Promise<SearchAnswer>(resolve => {
    hearAnswer = (answered, answer) => {
      if (answered !== query) return
      milliseconds ??= performance.now() - began
      if (answer.isWhole) resolve(answer)
    }
    void engine.search(query)
  })
  const whole = performance.now() - began
  return { milliseconds: milliseconds ?? whole, whole, results: results.length, passages, path: path?.kind }
}

/** Types each query, one key after another. */
async function typeAll(queries: readonly string[]): Promise<KeyStroke[]> {
  const strokes: KeyStroke[] = []
  for (const query of queries) {
    for (let length = 1; length <= query.length; length++) {
      if (query[length - 1] !== ' ') strokes.push(await searchOnce(query.slice(0, length)))
    }
  }
  return strokes
}

/** Resolves when the index is ready and both snapshots are as they will stay. */
async function settle(): Promise<void> {
  let before = ''
  for (let quiet = 0; quiet < QUIET_LOOKS; ) {
    await new Promise(resolve => setTimeout(resolve, PAUSE))
    const now = await savedHeaders()
    quiet = isIndexed && now.length > 1 && before === JSON.stringify(now) ? quiet + 1 : 0
    before = JSON.stringify(now)
  }
}

/** What `idb-snapshots.ts` has written last, as text. */
async function savedHeaders(): Promise<unknown[]> {
  const database = await asked(indexedDB.open('belfry-snapshots'))
  try {
    if (!database.objectStoreNames.contains('headers')) return []
    return await asked(database.transaction('headers').objectStore('headers').getAll())
  } finally {
    database.close()
  }
}

function asked<T>(request: IDBRequest<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    request.addEventListener('success', () => resolve(request.result))
    request.addEventListener('error', () => reject(request.error ?? new Error('IndexedDB refused')))
  })
}

const usage = async (): Promise<number | undefined> => (await navigator.storage.estimate()).usage
const troubles = (): readonly string[] => rebuilt

/** What `measure-engine.ts` calls. */
Object.assign(globalThis, { bench: { fill, start, startAndAsk, typeAll, settle, usage, troubles } })
