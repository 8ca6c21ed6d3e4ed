import { describe, expect, it } from 'vitest'
import { createExactVectorIndex } from '../adapters/exact-vector-index.ts'
import { createFileExtractor } from '../adapters/file-extractor.ts'
import { createHashEncoder } from '../adapters/hash-encoder.ts'
import { createMemoryLibrary } from '../adapters/memory-library.ts'
import { createCatalogue } from '../core/catalogue.ts'
import { parseDocumentId } from '../core/document.ts'
import { failure } from '../core/errors.ts'
import { createExclusive } from '../core/exclusive.ts'
import { createBm25Index } from '../core/lexical/bm25-index.ts'
import type { Extracted, Extractor } from '../core/ports/extractor.ts'
import type { SourceFile } from '../core/ports/files.ts'
import type { IngestPorts } from './ingest.ts'
import { takeFiles } from './take-files.suite.ts'

/** A document whose id is made of one digit. */
function letter(digit: string, more: Partial<Extracted> = {}): Extracted {
  return {
    id: parseDocumentId(digit.repeat(64)),
    mediaType: 'message/rfc822',
    bytes: 10,
    path: `letters/${digit}.eml`,
    title: `Letter ${digit}`,
    text: `The words of letter ${digit}.`,
    headings: [],
    ...more,
  }
}

/** Files whose parts are these; one that is an error ends its file. */
function extractorOf(files: Readonly<Record<string, readonly (Extracted | Error)[]>>): Extractor {
  return createFileExtractor(async function* read(file) {
    for (const part of files[file.name] ?? []) {
      if (part instanceof Error) throw part
      yield part
    }
  })
}

const file = (name: string, more: Partial<SourceFile> = {}): SourceFile => ({
  name,
  path: `post/${name}`,
  modifiedAt: 7,
  blob: new Blob([name]),
  ...more,
})

function portsWith(extractor: Extractor): IngestPorts {
  return {
    extractor,
    encoder: createHashEncoder(),
    library: createMemoryLibrary(),
    indexes: {
      words: createBm25Index(),
      vectors: createExactVectorIndex(64),
      catalogue: createCatalogue(),
    },
    clock: { now: () => 1, breathe: () => Promise.resolve() },
    exclusive: createExclusive(),
  }
}

const unreadable = (words: string) => failure('UnreadableFile', words)

describe('a file with many documents', () => {
  it('gives each of them to the library, with where it came from', async () => {
    const ports = portsWith(extractorOf({ 'mail.mbox': [letter('a'), letter('b')] }))
    const { states } = await takeFiles(ports, [file('mail.mbox', { folder: 'f1' })])
    expect(states).toEqual([{ kind: 'done', passages: 2, documents: 2 }])
    const [first, second] = await ports.library.documents()
    expect(first).toMatchObject({
      name: 'a.eml',
      path: 'post/mail.mbox/letters/a.eml',
      modifiedAt: 7,
      source: { path: 'post/mail.mbox', bytes: 9, modifiedAt: 7, folder: 'f1' },
    })
    expect(second?.title).toBe('Letter b')
    expect((await ports.indexes.words.keys()).length).toBe(2)
  })

  it('counts passages over all of them while it is embedded', async () => {
    const ports = portsWith(extractorOf({ 'mail.mbox': [letter('a'), letter('b')] }))
    const { events } = await takeFiles(ports, [file('mail.mbox')])
    const embedding = events.flatMap(event =>
      event.type === 'file-changed' && event.state.kind === 'embedding' ? [event.state.done] : [],
    )
    expect(embedding).toEqual([1, 2])
  })

  it('says which of them could not be read, and keeps the rest', async () => {
    const parts = [letter('a'), { path: 'b', reason: 'The letter b is torn.' }, letter('c')]
    const { states } = await takeFiles(portsWith(extractorOf({ 'mail.mbox': parts })), [file('mail.mbox')])
    expect(states).toEqual([
      { kind: 'partly', reason: '2 of 3 documents in it were taken in. The letter b is torn.' },
    ])
  })

  it('keeps what came before a file turned out to be broken', async () => {
    const ports = portsWith(extractorOf({ 'mail.mbox': [letter('a'), unreadable('The rest is missing.')] }))
    const { states } = await takeFiles(ports, [file('mail.mbox'), file('none')])
    expect(states).toEqual([
      { kind: 'partly', reason: '1 of 2 documents in it were taken in. The rest is missing.' },
      { kind: 'failed', reason: 'There is nothing in it to search.' },
    ])
  })

  it('tells three reasons, and how many there are more', async () => {
    const parts = ['b', 'c', 'd', 'e', 'f'].map(path => ({ path, reason: `${path} is torn.` }))
    const { states } = await takeFiles(portsWith(extractorOf({ 'mail.mbox': parts })), [file('mail.mbox')])
    expect(states).toMatchObject([{ kind: 'failed', reason: 'b is torn. c is torn. d is torn. And 2 more.' }])
  })

  it('is partly there when something in a document is missing', async () => {
    const missing = ['Pages 4 to 6 are pictures without text.']
    const ports = portsWith(extractorOf({ 'a.pdf': [letter('a', { missing })] }))
    expect((await takeFiles(ports, [file('a.pdf')])).states).toEqual([{ kind: 'partly', reason: missing[0] }])
    expect((await ports.library.documents()).length).toBe(1)
  })

  it('is skipped when all of them are there', async () => {
    const ports = portsWith(extractorOf({ 'mail.mbox': [letter('a'), letter('b')] }))
    await takeFiles(ports, [file('mail.mbox')])
    const { states } = await takeFiles(ports, [file('mail.mbox')])
    expect(states).toEqual([
      { kind: 'skipped', reason: 'All of its 2 documents are already in the library.' },
    ])
  })

  it('keeps what was taken in when adding is stopped in the middle', async () => {
    const signal = { aborted: false }
    const ports = portsWith(extractorOf({ 'mail.mbox': [letter('a'), letter('b')], other: [letter('c')] }))
    const library: IngestPorts['library'] = {
      ...ports.library,
      put: (...given) => {
        signal.aborted = true
        return ports.library.put(...given)
      },
    }
    const { states } = await takeFiles({ ...ports, library }, [file('mail.mbox'), file('other')], signal)
    expect(states).toEqual([
      { kind: 'partly', reason: 'Stopped after 1 of its documents.' },
      { kind: 'cancelled' },
    ])
  })
})

describe('a newer version of a file', () => {
  it('takes the place of what the earlier one gave, and keeps what both have', async () => {
    const ports = portsWith(extractorOf({ old: [letter('a'), letter('b')], new: [letter('b'), letter('c')] }))
    await takeFiles(ports, [file('old')])
    const replaces = (await ports.library.documents()).map(({ id }) => id)
    const { events, states } = await takeFiles(ports, [file('new', { replaces })])
    expect(states).toMatchObject([{ kind: 'done' }])
    expect((await ports.library.documents()).map(({ title }) => title)).toEqual(['Letter b', 'Letter c'])
    expect(events.filter(event => event.type === 'document-replaced')).toHaveLength(1)
    expect((await ports.indexes.words.keys()).length).toBe(2)
    expect(ports.indexes.catalogue.size).toBe(2)
  })

  it('takes the place of nothing when it cannot be read', async () => {
    const ports = portsWith(extractorOf({ old: [letter('a')], new: [unreadable('It is torn.')] }))
    await takeFiles(ports, [file('old')])
    const replaces = (await ports.library.documents()).map(({ id }) => id)
    const { states } = await takeFiles(ports, [file('new', { replaces })])
    expect(states).toMatchObject([{ kind: 'failed' }])
    expect((await ports.library.documents()).length).toBe(1)
  })
})
