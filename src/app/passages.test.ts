import { describe, expect, it } from 'vitest'
import { createExactVectorIndex } from '../adapters/exact-vector-index.ts'
import { createHashEncoder } from '../adapters/hash-encoder.ts'
import { createMemoryLibrary } from '../adapters/memory-library.ts'
import { createMemorySettings } from '../adapters/memory-settings.ts'
import { createCatalogue, keysOf } from '../core/catalogue.ts'
import { type LibraryDocument, parseDocumentId } from '../core/document.ts'
import { failure } from '../core/errors.ts'
import type { BelfryEvent } from '../core/events.ts'
import { createExclusive } from '../core/exclusive.ts'
import { createBm25Index } from '../core/lexical/bm25-index.ts'
import { DEFAULT_PASSAGES, type PassageSettings } from '../core/passage-settings.ts'
import type { Encoder } from '../core/ports/encoder.ts'
import type { Library } from '../core/ports/library.ts'
import { joinBlocks } from '../core/text/join-blocks.ts'
import { createIntake } from './intake.ts'
import { createPassages, type PassagesPorts } from './passages.ts'
import { takeIn } from './take-in.ts'

const SHORT: PassageSettings = { size: 'short', overlap: 'little', trail: false }
const DOCUMENTS = 4

/** A tower that reads 64 tokens, each of which is a word. */
function createTower(): Encoder {
  const words = createHashEncoder()
  return {
    ...words,
    info: async () => ({ ...(await words.info()), maxTokens: 64 }),
    countTokens: async texts => Uint32Array.from(texts, () => 1),
  }
}

function bookOf(n: number) {
  const sentences = (from: number) =>
    Array.from({ length: 12 }, (_, i) => `Rope ${n} number ${from + i} hangs in the tower.`).join(' ')
  return joinBlocks([
    { text: `Ropes ${n}`, level: 1 },
    { text: sentences(0) },
    { text: `Tails ${n}`, level: 2 },
    { text: sentences(12) },
  ])
}

interface Place {
  readonly library: Library
  readonly ports: PassagesPorts
  readonly events: BelfryEvent[]
  readonly service: ReturnType<typeof createPassages>
}

function openPlace(changed: Partial<PassagesPorts> = {}, inner = createMemoryLibrary()): Place {
  const events: BelfryEvent[] = []
  const encoder = createTower()
  const ports: PassagesPorts = {
    library: inner,
    indexes: {
      words: createBm25Index(),
      vectors: createExactVectorIndex(64),
      catalogue: createCatalogue(),
    },
    settings: createMemorySettings(),
    encoder: () => encoder,
    exclusive: createExclusive(),
    clock: { now: () => 5, breathe: () => Promise.resolve() },
    cut: () => {},
    ended: () => {},
    ...changed,
  }
  const service = createPassages(ports, event => void events.push(event))
  return { library: inner, ports, events, service }
}

async function add(place: Place, count = DOCUMENTS): Promise<void> {
  for (let n = 1; n <= count; n++) {
    const { text, headings } = bookOf(n)
    await takeIn(
      {
        ticket: n,
        file: { name: `${n}.md`, path: `${n}.md`, modifiedAt: 1, blob: new Blob([text]) },
      },
      {
        id: parseDocumentId(String(n).repeat(64)),
        title: `Book ${n}`,
        text,
        headings,
        mediaType: 'text/markdown',
        bytes: text.length,
      },
      undefined,
      createIntake(),
      { ...place.ports, encoder: createTower(), passageSettings: place.service.current },
      () => {},
      { aborted: false },
    )
  }
}

const cuts = async ({ library }: Place) => (await library.documents()).map(({ cut }) => cut)

/** What is stored is whole, and the indexes hold its passages and no others. */
async function expectWhole({ library, ports: { indexes } }: Place): Promise<void> {
  const documents = await library.documents()
  expect(documents).toHaveLength(DOCUMENTS)
  const keys = documents.flatMap(document => [...keysOf(document)]).toSorted((a, b) => a - b)
  expect([...(await indexes.words.keys())]).toEqual(keys)
  expect([...((await indexes.vectors?.keys()) ?? [])]).toEqual(keys)
  for (const { document, contents, vectors } of await library.load(documents.map(({ id }) => id))) {
    expect(contents.passages).toHaveLength(document.passageCount)
    expect(vectors).toHaveLength(64 * document.passageCount)
    expect(indexes.catalogue.get(document.id)).toEqual(document)
    const covered = contents.passages.map(({ start, end }) => contents.text.slice(start, end)).join(' ')
    for (const word of contents.text.split(/\s+/)) expect(covered).toContain(word)
  }
}

const stateOf = ({ events }: Place) => {
  const last = events.findLast(event => event.type === 'passages-changed')
  if (last?.type !== 'passages-changed') throw new Error('expected a passages-changed, found none')
  return last.passages
}

describe('passage settings', () => {
  it('hold for what is added from then on', async () => {
    const place = openPlace()
    await add(place, 1)
    await place.service.commands.choosePassages(SHORT)
    expect(stateOf(place)).toMatchObject({ settings: SHORT, tokens: { short: 16, normal: 42, long: 56 } })
    await add(place, 2)
    expect(await cuts(place)).toEqual([undefined, SHORT])
    const [first, second] = (await place.library.documents()) as [LibraryDocument, LibraryDocument]
    expect(second.passageCount).toBeGreaterThan(first.passageCount)
  })

  it('leave the headings out of what is found when they are not wanted', async () => {
    const place = openPlace()
    await add(place)
    const found = async () => (await place.ports.indexes.words.match({ text: 'tails', limit: 99 })).found
    const before = await found()
    await place.service.commands.choosePassages({ ...DEFAULT_PASSAGES, trail: false })
    await place.service.commands.cutAllAgain()
    // The heading's own line stays what it is: a part of the text.
    expect(await found()).toBe(DOCUMENTS)
    expect(before).toBeGreaterThan(DOCUMENTS)
  })
})

describe('choosing', () => {
  it('changes what is named and nothing else, also when it is done twice at once', async () => {
    const place = openPlace()
    const { choosePassages } = place.service.commands
    await Promise.all([choosePassages({ size: 'long' }), choosePassages({ trail: false })])
    expect(stateOf(place).settings).toEqual({ size: 'long', overlap: 'none', trail: false })
  })
})

describe('cutting everything again', () => {
  it('changes every document that is cut otherwise, and back again', async () => {
    const place = openPlace()
    await add(place)
    const before = await place.library.load((await place.library.documents()).map(({ id }) => id))
    await place.service.commands.choosePassages(SHORT)
    await place.service.commands.cutAllAgain()
    expect(await cuts(place)).toEqual(Array.from({ length: DOCUMENTS }, () => SHORT))
    await expectWhole(place)
    expect(stateOf(place)).toMatchObject({ running: undefined, trouble: undefined })
    expect(place.events).toContainEqual(
      expect.objectContaining({ passages: expect.objectContaining({ running: { done: 3, total: 4 } }) }),
    )

    await place.service.commands.choosePassages(DEFAULT_PASSAGES)
    await place.service.commands.cutAllAgain()
    await expectWhole(place)
    const after = await place.library.load(before.map(({ document }) => document.id))
    expect(after.map(({ contents, vectors }) => ({ contents, vectors }))).toEqual(
      before.map(({ contents, vectors }) => ({ contents, vectors })),
    )
    expect(after.every(({ document }) => !('cut' in document) && document.cutAt === 5)).toBe(true)
  })

  it('lets the old passages be found until the new ones can be', async () => {
    const words = createBm25Index()
    const foundBefore: number[] = []
    const watching = {
      ...words,
      async remove(keys: Uint32Array) {
        foundBefore.push((await words.match({ text: 'tower', limit: 200 })).found)
        await words.remove(keys)
      },
    }
    const place = openPlace({
      indexes: { words: watching, vectors: createExactVectorIndex(64), catalogue: createCatalogue() },
    })
    await add(place)
    const all = (await words.keys()).length
    await place.service.commands.choosePassages(SHORT)
    await place.service.commands.cutAllAgain()
    expect(foundBefore).toHaveLength(DOCUMENTS)
    for (const found of foundBefore) expect(found).toBeGreaterThan(all)
  })

  it('stops when it is cancelled, keeps what is done, and goes on where it was', async () => {
    let done = 0
    const place: Place = openPlace({
      cut: () => {
        done++
        if (done === 2) void place.service.commands.cancelCutting()
      },
    })
    await add(place)
    await place.service.commands.choosePassages(SHORT)
    await place.service.commands.cutAllAgain()
    expect(await cuts(place)).toEqual([undefined, undefined, SHORT, SHORT])
    expect(await place.ports.settings.isCutting()).toBe(false)
    await expectWhole(place)
    await place.service.commands.cutAllAgain()
    expect(done).toBe(DOCUMENTS)
    expect(await cuts(place)).toEqual(Array.from({ length: DOCUMENTS }, () => SHORT))
  })

  it('goes on after the page was closed in the middle of it', async () => {
    const settings = createMemorySettings()
    const closing = createMemoryLibrary()
    let puts = 0
    /** From the third document on nothing is answered any more. */
    const put: Library['put'] = (...given) => (++puts > 2 ? new Promise(() => {}) : closing.put(...given))
    const first = openPlace({ settings }, closing)
    await add(first)
    await settings.choosePassages(SHORT)
    const closed = openPlace(
      { settings, indexes: first.ports.indexes, library: { ...closing, put } },
      closing,
    )
    void closed.service.commands.cutAllAgain()
    await expect.poll(() => puts).toBe(3)
    expect((await cuts(first)).filter(cut => cut !== undefined)).toHaveLength(2)

    const opened = openPlace({ settings, indexes: first.ports.indexes }, closing)
    await opened.service.resume()
    expect(await cuts(opened)).toEqual(Array.from({ length: DOCUMENTS }, () => SHORT))
    await expectWhole(opened)
    await opened.service.resume()
    expect(puts).toBe(3)
  })

  it('says so when the disk is full, and every document is as it was or as it should be', async () => {
    const inner = createMemoryLibrary()
    let puts = 0
    const full = failure('StorageFull', 'The disk is full.')
    const put: Library['put'] = (...given) => (++puts > 6 ? Promise.reject(full) : inner.put(...given))
    const place = openPlace({ library: { ...inner, put } }, inner)
    await add(place)
    await place.service.commands.choosePassages(SHORT)
    await place.service.commands.cutAllAgain()
    expect(stateOf(place)).toMatchObject({
      running: undefined,
      trouble: 'Cutting again has stopped. The disk is full.',
    })
    expect((await cuts(place)).filter(cut => cut !== undefined)).toHaveLength(2)
    await expectWhole(place)
    expect(await place.ports.settings.isCutting()).toBe(false)
  })

  it('leaves alone what is removed meanwhile', async () => {
    const place: Place = openPlace({
      cut: () => void place.library.remove(parseDocumentId('4'.repeat(64))),
    })
    await add(place)
    await place.service.commands.choosePassages(SHORT)
    await place.service.commands.cutAllAgain()
    expect(await cuts(place)).toEqual([SHORT, SHORT, SHORT])
  })
})
