import { describe, expect, it } from 'vitest'
import { createExactVectorIndex } from '../adapters/exact-vector-index.ts'
import { createMemoryLibrary } from '../adapters/memory-library.ts'
import { keysUpTo, rowsOf } from '../adapters/seeded-vectors.ts'
import { createCatalogue } from '../core/catalogue.ts'
import { type NewDocument, parseDocumentId, type SpaceId } from '../core/document.ts'
import type { BelfryEvent } from '../core/events.ts'
import { createExclusive } from '../core/exclusive.ts'
import type { IndexKind, IndexState } from '../core/index-state.ts'
import { createBm25Index } from '../core/lexical/bm25-index.ts'
import type { VectorIndex } from '../core/ports/vector-index.ts'
import { indexDocument, type Indexes } from './indexes.ts'
import { createIndexing, type IndexingService } from './indexing.ts'

const DIMENSION = 4

/** Links one vector a slice. */
function linkingIndex(): VectorIndex & { readonly slices: () => number } {
  const exact = createExactVectorIndex(DIMENSION)
  let linked = 0
  return {
    ...exact,
    slices: () => linked,
    async tend() {
      const total = (await exact.keys()).length
      if (linked < total) linked++
      return { linked, total, threshold: 1, idle: linked === total }
    },
  }
}

interface Changed {
  readonly vectors?: VectorIndex
  readonly create?: (dimension: number, kind?: IndexKind) => Promise<VectorIndex>
  readonly quiet?: () => Promise<unknown>
  /** Called at each pause. */
  readonly pause?: (indexing: IndexingService) => void
}

async function open({ vectors = linkingIndex(), create, quiet, pause }: Changed) {
  const library = createMemoryLibrary()
  const indexes: Indexes = { words: createBm25Index(), vectors, catalogue: createCatalogue() }
  let now = 0
  const clock = {
    now: () => (now += 1000),
    breathe: () => new Promise<void>(resolve => setImmediate(resolve)),
  }
  for (const [i, digit] of ['a', 'b', 'c'].entries()) {
    const text = `${digit} `.repeat(300)
    const passages = Array.from({ length: 300 }, (_, n) => ({ start: 2 * n, end: 2 * n + 1, trail: [] }))
    const contents = { text, passages }
    const vectorsOf = rowsOf(300, DIMENSION, i)
    const document = await library.put(documentOf(digit), contents, vectorsOf)
    await indexDocument({ document, contents, vectors: vectorsOf }, indexes, clock)
  }
  const states: IndexState[] = []
  const emit = (event: BelfryEvent) => {
    if (event.type === 'index-changed') states.push(event.index)
  }
  const indexing: IndexingService = createIndexing(
    {
      library,
      clock: {
        ...clock,
        breathe: async () => {
          await clock.breathe()
          pause?.(indexing)
        },
      },
      indexes,
      prepared: () => {},
      exclusive: createExclusive(),
      createVectorIndex: create ?? (async dimension => createExactVectorIndex(dimension)),
      dimension: async () => DIMENSION,
      quiet: quiet ?? (async () => {}),
    },
    emit,
  )
  const until = async (holds: (state: IndexState) => boolean): Promise<IndexState> => {
    for (;;) {
      const last = states.at(-1)
      if (last !== undefined && holds(last)) return last
      await new Promise(resolve => setImmediate(resolve))
    }
  }
  return { indexing, indexes, states, until }
}

function documentOf(digit: string): NewDocument {
  return {
    id: parseDocumentId(digit.repeat(64)),
    title: digit,
    name: digit,
    path: digit,
    mediaType: 'text/plain',
    bytes: 1,
    modifiedAt: 0,
    addedAt: 0,
    passageCount: 300,
    space: 'space' as SpaceId,
  }
}

describe('preparing the index', () => {
  it('goes on slice by slice until it is done, and tells how far it is', async () => {
    const { indexing, states, until } = await open({})
    indexing.nudge()
    const last = await until(({ preparation }) => preparation?.idle === true)
    expect(last).toMatchObject({ running: undefined, preparation: { linked: 900, total: 900 } })
    const done = states.flatMap(({ running }) => running?.done ?? [])
    expect(done.length).toBeGreaterThan(10)
    expect(done).toEqual(done.toSorted((a, b) => a - b))
  })

  it('says nothing more when there is nothing left', async () => {
    const { indexing, states, until } = await open({})
    indexing.nudge()
    await until(({ preparation }) => preparation?.idle === true)
    const told = states.length
    indexing.nudge()
    await new Promise(resolve => setTimeout(resolve, 5))
    expect(states.length).toBe(told)
  })

  it('waits for the searches that are being answered', async () => {
    const vectors = linkingIndex()
    const waiting: (() => void)[] = []
    const search = new Promise<void>(resolve => waiting.push(resolve))
    const { indexing, until } = await open({ vectors, quiet: () => search })
    indexing.nudge()
    await new Promise(resolve => setTimeout(resolve, 5))
    expect(vectors.slices()).toBe(0)
    for (const answer of waiting) answer()
    await until(({ preparation }) => preparation?.idle === true)
  })

  it('stops when told to, and goes on when told to', async () => {
    const vectors = linkingIndex()
    const { indexing, until } = await open({
      vectors,
      pause: service => {
        if (vectors.slices() === 100) void service.stopIndexing()
      },
    })
    indexing.nudge()
    await until(({ stopped }) => stopped)
    await new Promise(resolve => setTimeout(resolve, 5))
    indexing.nudge()
    expect(vectors.slices()).toBe(100)
    await indexing.resumeIndexing()
    expect(await until(({ preparation }) => preparation?.idle === true)).toMatchObject({ stopped: false })
  })
})

describe('choosing another index', () => {
  it('fills it from the library and then uses it', async () => {
    const other = createExactVectorIndex(DIMENSION)
    const { indexing, indexes, until } = await open({ create: async () => other })
    await indexing.chooseIndex('hnswlib')
    expect(indexes.vectors).toBe(other)
    expect(await other.keys()).toEqual(keysUpTo(900).map(key => key + 1))
    expect(await until(({ kind }) => kind === 'hnswlib')).toMatchObject({ running: undefined })
  })

  it('keeps the one that is there when the other cannot be had', async () => {
    const vectors = createExactVectorIndex(DIMENSION)
    const { indexing, indexes, until } = await open({
      vectors,
      create: async () => Promise.reject(new Error('It could not be loaded.')),
    })
    await indexing.chooseIndex('hnswlib')
    expect(indexes.vectors).toBe(vectors)
    const { kind, trouble } = await until(state => state.trouble !== undefined)
    expect([kind, trouble]).toEqual(['own', 'The search engine was not changed. It could not be loaded.'])
  })

  it('can be stopped while it fills, and closes what it began', async () => {
    let closed = 0
    const other = { ...createExactVectorIndex(DIMENSION), close: () => void closed++ }
    const vectors = createExactVectorIndex(DIMENSION)
    const { indexing, indexes } = await open({
      vectors,
      create: async () => other,
      pause: service => void service.stopIndexing(),
    })
    await indexing.chooseIndex('hnswlib')
    expect(indexes.vectors).toBe(vectors)
    expect(closed).toBe(1)
  })
})
