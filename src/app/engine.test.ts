import { describe, expect, it } from 'vitest'
import { createExactVectorIndex } from '../adapters/exact-vector-index.ts'
import { openFileSink } from '../adapters/file-sink.ts'
import { createHashEncoder } from '../adapters/hash-encoder.ts'
import { createMemoryDisk } from '../adapters/memory-folder-reader.ts'
import { createMemoryChoices } from '../adapters/memory-choices.ts'
import { createMemoryFolderStore } from '../adapters/memory-folder-store.ts'
import { createMemoryHeadStore } from '../adapters/memory-head-store.ts'
import { createMemoryInteractionLog } from '../adapters/memory-interaction-log.ts'
import { createMemoryLibrary } from '../adapters/memory-library.ts'
import { createMemoryModelStore } from '../adapters/memory-model-store.ts'
import { createMemorySettings } from '../adapters/memory-settings.ts'
import { createMemorySnapshots } from '../adapters/memory-snapshots.ts'
import { createMemoryTabs } from '../adapters/memory-tabs.ts'
import { createMemoryWaitingFiles } from '../adapters/memory-waiting-files.ts'
import { createSha256 } from '../adapters/noble-sha256.ts'
import { createFileExtractor } from '../adapters/file-extractor.ts'
import { createWebCryptography } from '../adapters/web-cryptography.ts'
import { failure } from '../core/errors.ts'
import type { BelfryEvent } from '../core/events.ts'
import { createBm25Index } from '../core/lexical/bm25-index.ts'
import type { SourceFile } from '../core/ports/files.ts'
import type { Library } from '../core/ports/library.ts'
import type { SearchAnswer } from '../core/ranking/answer.ts'
import { createEngine } from './engine.ts'
import { createServerPorts } from './server-ports.suite.ts'
import type { EnginePorts } from './engine-ports.ts'

const NOTES = {
  bread: '# Keeping bread\n\nKeep loaves in a paper bag. They last three days. The fridge dries them out.',
  ships: '# Ships\n\nA ship at anchor swings with the tide. Sailors watch the glass.',
  bees: '# Bees\n\nThey dance to tell the others where flowers are.',
}

const file = (name: keyof typeof NOTES): SourceFile => ({
  name: `${name}.md`,
  path: `notes/${name}.md`,
  modifiedAt: 0,
  blob: new Blob([NOTES[name]]),
})

interface Session {
  readonly engine: ReturnType<typeof createEngine>
  readonly events: BelfryEvent[]
  /** Resolves with the next event of the type, or the last one that has come. */
  seen<T extends BelfryEvent['type']>(type: T): Promise<Extract<BelfryEvent, { type: T }>>
  ask(query: string): Promise<SearchAnswer>
}

function open(library: Library, changed: Partial<EnginePorts> = {}): Session {
  const events: BelfryEvent[] = []
  const waiting: { type: string; resolve: (event: BelfryEvent) => void }[] = []
  const emit = (event: BelfryEvent) => {
    events.push(event)
    for (const waiter of waiting.filter(({ type }) => type === event.type)) waiter.resolve(event)
  }
  let now = 0
  const ports: EnginePorts = {
    library,
    words: createBm25Index(),
    extractor: createFileExtractor(),
    samples: { read: async () => ({ files: [file('bread'), file('bees')], queries: ['stale loaf'] }) },
    folders: createMemoryFolderStore(),
    choices: createMemoryChoices(),
    folderReader: createMemoryDisk().reader,
    changes: { announce: () => {}, listen: () => {} },
    tabs: createMemoryTabs().open(),
    waiting: createMemoryWaitingFiles(),
    clock: { now: () => now++, breathe: () => Promise.resolve() },
    log: createMemoryInteractionLog(100),
    heads: createMemoryHeadStore(),
    models: createMemoryModelStore(),
    snapshots: createMemorySnapshots(),
    settings: createMemorySettings(),
    createSha256,
    ...createServerPorts(),
    cryptography: createWebCryptography(),
    openFileSink: place => openFileSink(place, 'application/x-test'),
    startEncoder: async () => createHashEncoder(),
    createVectorIndex: async dimension => createExactVectorIndex(dimension),
    readSetFile: async file => new TextDecoder().decode(await file.blob.arrayBuffer()),
    ...changed,
  }
  const engine = createEngine(ports, emit)
  const seen = <T extends BelfryEvent['type']>(type: T) =>
    new Promise<Extract<BelfryEvent, { type: T }>>(resolve => {
      const past = events.findLast(event => event.type === type)
      if (past !== undefined) resolve(past as Extract<BelfryEvent, { type: T }>)
      else waiting.push({ type, resolve: resolve as (event: BelfryEvent) => void })
    })
  const ask = async (query: string) => {
    await engine.search(query)
    const last = events.findLast(event => event.type === 'search-finished')
    if (last?.type !== 'search-finished' || last.query !== query) throw new Error(`no answer to ${query}`)
    return last.answer
  }
  return { engine, events, seen, ask }
}

async function openWith(names: (keyof typeof NOTES)[], library = createMemoryLibrary()): Promise<Session> {
  const session = open(library)
  await session.engine.start()
  await session.engine.add(names.map(file))
  await session.seen('ingest-finished')
  return session
}

const titles = (answer: SearchAnswer) => answer.results.map(({ title }) => title)

describe('engine', () => {
  it('finds what was added, and tells where it stands', async () => {
    const { ask } = await openWith(['bread', 'ships', 'bees'])
    const answer = await ask('paper bag')
    const [first] = answer.results
    expect(first).toMatchObject({ title: 'Keeping bread', path: 'notes/bread.md' })
    const [hit] = first?.hits ?? []
    expect(hit?.words.map(({ start, end }) => hit.text.slice(start, end))).toEqual(['paper', 'bag'])
    expect(hit?.sentence && hit.text.slice(hit.sentence.start, hit.sentence.end)).toContain(
      'Keep loaves in a paper bag.',
    )
    expect(answer).toMatchObject({ documents: 3, passages: 3 })
  })

  it('keeps to phrases, exclusions and filters, in words and in meaning', async () => {
    const { ask } = await openWith(['bread', 'ships', 'bees'])
    expect(titles(await ask('bread "paper bag"'))).toEqual(['Keeping bread'])
    expect(titles(await ask('paper -bag'))).not.toContain('Keeping bread')
    expect(titles(await ask('bread -type:md'))).toEqual([])
    expect(titles(await ask('anchor folder:notes type:md'))[0]).toBe('Ships')
  })

  it('asks for what is near once, also when it looks for other words', async () => {
    let asked = 0
    const library = createMemoryLibrary()
    await openWith(['bread', 'ships'], library)
    const { engine, ask } = open(library, {
      createVectorIndex: async dimension => {
        const index = createExactVectorIndex(dimension)
        return { ...index, search: (...given) => (asked++, index.search(...given)) }
      },
    })
    await engine.start()
    expect((await ask('brfad')).strength).not.toBe('strong')
    expect(asked).toBe(1)
  })

  it('finds words while the model is still being started', async () => {
    const library = createMemoryLibrary()
    await openWith(['bread', 'ships'], library)
    const { engine, ask, seen } = open(library, { startEncoder: () => new Promise<never>(() => {}) })
    void engine.start()
    await seen('restore-finished')
    expect(titles(await ask('paper bag'))).toEqual(['Keeping bread'])
  })

  it('says what it is that nothing matches', async () => {
    const { ask } = await openWith(['bread', 'ships'])
    expect(await ask('bread type:pdf')).toMatchObject({
      results: [],
      unmatched: { what: 'document', condition: 'type:pdf' },
    })
    expect(await ask('"bag of paper" bread')).toMatchObject({
      results: [],
      unmatched: { what: 'passage', condition: '"bag of paper"' },
    })
    expect((await ask('bread type:md')).unmatched).toBeUndefined()
  })

  it('lists what matches where there is nothing else to look for', async () => {
    const { ask } = await openWith(['bread', 'ships', 'bees'])
    const answer = await ask('folder:notes')
    expect(titles(answer).toSorted()).toEqual(['Bees', 'Keeping bread', 'Ships'])
    expect(answer.strength).not.toBe('none')
    expect(titles(await ask('-loaves')).toSorted()).toEqual(['Bees', 'Ships'])
  })

  it('finds and marks what an unfinished or misspelt word may mean', async () => {
    const { ask } = await openWith(['bread', 'ships', 'bees'])
    for (const typed of ['anch', 'anhcor']) {
      const [first] = (await ask(typed)).results
      expect(first?.title).toBe('Ships')
      const [hit] = first?.hits ?? []
      expect(hit?.words.map(({ start, end }) => hit.text.slice(start, end).toLowerCase())).toContain('anchor')
    }
  })

  it('has everything again after a restart', async () => {
    const library = createMemoryLibrary()
    await openWith(['bread', 'ships'], library)
    const { engine, ask, seen } = open(library)
    await engine.start()
    expect((await seen('library-opened')).documents).toHaveLength(2)
    expect(titles(await ask('anchor tide'))[0]).toBe('Ships')
  })

  it('embeds the library anew when the model has changed', async () => {
    const library = createMemoryLibrary()
    await openWith(['bread', 'ships'], library)
    const { engine, ask } = open(library, { startEncoder: async () => createHashEncoder('another space') })
    await engine.start()
    expect((await library.documents()).map(({ space }) => space)).toEqual(['another space', 'another space'])
    expect(titles(await ask('anchor tide'))[0]).toBe('Ships')
  })

  it('finds in one library what was exported from another', async () => {
    const from = await openWith(['bread', 'ships'])
    const file = await from.engine.exportLibrary({ passphrase: undefined, openings: false })
    if (!(file instanceof Blob)) throw new Error('expected a file, got none')
    const to = await openWith(['bees', 'ships'])
    await to.engine.importLibrary(file, undefined)
    expect((await to.seen('transfer-ended')).outcome).toMatchObject({ counts: { added: 1, skipped: 1 } })
    expect(titles(await to.ask('paper bag'))[0]).toBe('Keeping bread')
  })

  it('drops the answer to an older query', async () => {
    const { engine, events } = await openWith(['bread', 'ships'])
    await Promise.all([engine.search('loaves'), engine.search('anchor')])
    const answered = events.flatMap(event => (event.type === 'search-finished' ? [event.query] : []))
    expect(new Set(answered)).toEqual(new Set(['anchor']))
  })

  it('forgets a removed document at once, and puts it back', async () => {
    const { engine, ask, events } = await openWith(['bread', 'ships'])
    const [document] = (await ask('anchor tide')).results
    if (document === undefined) throw new Error('expected a result')
    await engine.remove(document.id)
    expect(events.findLast(event => event.type === 'document-removed')).toMatchObject({
      title: 'Ships',
      undoable: true,
    })
    expect(titles(await ask('anchor tide'))).toEqual(['Keeping bread'])
    await engine.undoRemove()
    expect(titles(await ask('anchor tide'))[0]).toBe('Ships')
    expect(await engine.open(document.id)).toMatchObject({ text: expect.stringContaining('anchor') })
  })

  it('clears everything, also in the middle of adding', async () => {
    const library = createMemoryLibrary()
    const { engine, ask } = await openWith(['bread'], library)
    await engine.add([file('ships'), file('bees')])
    await engine.clear()
    expect(await library.documents()).toEqual([])
    expect((await ask('anchor')).results).toEqual([])
  })

  it('searches words while there is no model, and takes files in once there is one', async () => {
    const library = createMemoryLibrary()
    await openWith(['bread'], library)
    let broken = true
    const startEncoder = async () => {
      if (broken) throw failure('ModelUnavailable', 'offline')
      return createHashEncoder()
    }
    const { engine, ask, seen, events } = open(library, { startEncoder })
    await engine.start()
    expect(await seen('model-failed')).toMatchObject({ code: 'ModelUnavailable', message: 'offline' })
    expect(titles(await ask('loaves'))).toEqual(['Keeping bread'])
    await engine.add([file('ships')])
    expect(events.some(event => event.type === 'document-added')).toBe(false)
    broken = false
    await engine.retryModel()
    await seen('ingest-finished')
    expect(titles(await ask('anchor tide'))[0]).toBe('Ships')
  })

  it('hears of changes that another tab has made', async () => {
    const library = createMemoryLibrary()
    const listeners: (() => void)[] = []
    const changes = { announce: () => {}, listen: (listener: () => void) => void listeners.push(listener) }
    const { engine, ask, events } = open(library, { changes })
    await engine.start()
    await openWith(['ships'], library)
    const before = events.length
    for (const listener of listeners) listener()
    await expect.poll(() => events.slice(before).some(event => event.type === 'library-opened')).toBe(true)
    expect(titles(await ask('anchor tide'))).toEqual(['Ships'])
  })

  it('notes what was opened while noting is on, from when it was opened', async () => {
    const { engine, events, ask } = await openWith(['bread', 'ships'])
    const [first] = (await ask('anchor tide')).results
    if (first === undefined) throw new Error('expected a result')
    const opened = { document: first.id, passage: 0 }
    const opening = { query: 'anchor tide', shown: [opened], opened, milliseconds: 2 }
    await engine.opened(opening)
    await engine.noteOpenings(false)
    await engine.opened(opening)
    expect(events.at(-1)).toMatchObject({ learning: { noting: false, openings: 1 } })
    expect(await engine.exportLog()).toEqual([{ ...opening, at: expect.any(Number) }])
    await engine.clearLog()
    expect(events.at(-1)).toMatchObject({ learning: { noting: false, openings: 0 } })
  })

  it('offers its samples', async () => {
    const { engine, seen, ask } = open(createMemoryLibrary())
    await engine.start()
    await engine.addSamples()
    expect((await seen('samples-offered')).queries).toEqual(['stale loaf'])
    await seen('ingest-finished')
    expect((await ask('dance')).documents).toBe(2)
  })

  it('says so when a command fails, and stays alive', async () => {
    const library = createMemoryLibrary()
    const refusing = { ...library, remove: () => Promise.reject(failure('StorageUnavailable', 'no answer')) }
    const { engine, seen, ask } = await (async () => {
      await openWith(['bread'], library)
      const session = open(refusing)
      await session.engine.start()
      return session
    })()
    const [document] = (await ask('loaves')).results
    if (document === undefined) throw new Error('expected a result')
    await engine.remove(document.id)
    expect(await seen('command-failed')).toMatchObject({ code: 'StorageUnavailable', message: 'no answer' })
    expect(titles(await ask('loaves'))).toEqual(['Keeping bread'])
  })

  it('tries a file again', async () => {
    const library = createMemoryLibrary()
    let full = true
    const put: Library['put'] = (...given) =>
      full ? Promise.reject(failure('StorageFull', 'full')) : library.put(...given)
    const { engine, seen, events } = open({ ...library, put })
    await engine.start()
    await engine.add([file('bread')])
    await seen('ingest-finished')
    full = false
    await engine.retry(1)
    await expect
      .poll(() => events.findLast(event => event.type === 'file-changed'))
      .toMatchObject({
        ticket: 1,
        state: { kind: 'done' },
      })
  })

  it('evaluates a set beside the library, one at a time', async () => {
    const { engine, seen, ask, events } = await openWith(['bread'])
    const before = await ask('loaves')
    const set = {
      'corpus.jsonl': '{"_id":"d","text":"loaves of another kind"}',
      'queries.jsonl': '{"_id":"q","text":"loaves"}',
      'qrels.tsv': 'q\td\t1',
    }
    const files = Object.entries(set).map(([name, text]) => ({
      name,
      path: name,
      modifiedAt: 0,
      blob: new Blob([text]),
    }))
    await Promise.all([engine.evaluate(files), engine.evaluate(files)])
    expect((await seen('evaluation-finished')).report.scores).toMatchObject({ documents: 1, queries: 1 })
    expect(events.filter(({ type }) => type === 'evaluation-finished')).toHaveLength(1)
    expect(titles(await ask('loaves'))).toEqual(titles(before))
    const again = engine.evaluate(files)
    await engine.cancelEvaluation()
    await again
    expect(events.at(-1)).toEqual({ type: 'evaluation-cancelled' })
  })
})

describe('documents that are nearly the same', () => {
  const letter = Array.from({ length: 90 }, (_, i) => `The ferry ${i} leaves at ${(7 * i) % 60}.`).join(' ')
  const files = ['', 'Bring warm clothes.', 'There is no ferry on Sundays.'].map((end, i) => ({
    name: `letter-${i}.txt`,
    path: `letters/letter-${i}.txt`,
    modifiedAt: 0,
    blob: new Blob([`Ferries\n\n${letter} ${end}`]),
  }))

  async function openLetters(library = createMemoryLibrary(), changed: Partial<EnginePorts> = {}) {
    const session = open(library, changed)
    await session.engine.start()
    await session.engine.add(files)
    await session.seen('ingest-finished')
    return session
  }

  it('are told of with their file, and folded when they are found', async () => {
    const { ask, events } = await openLetters()
    const reasons = events.flatMap(event =>
      event.type === 'file-changed' && event.state.kind === 'done' ? [event.state.reason] : [],
    )
    expect(reasons).toHaveLength(3)
    expect(
      reasons.filter(reason => /^Nearly the same as “letters.letter-\d.txt”\.$/.test(reason ?? '')),
    ).toHaveLength(2)
    const { results } = await ask('ferry')
    expect(results).toHaveLength(1)
    expect(results[0]?.alike).toHaveLength(2)
    expect(results[0]?.alike?.every(({ hits }) => hits.length > 0)).toBe(true)
  })

  it('are known at the next start, also when nothing was saved', async () => {
    const library = createMemoryLibrary()
    const snapshots = createMemorySnapshots()
    await openLetters(library, { snapshots })
    await expect.poll(async () => (await snapshots.open('likeness'))?.parts).toHaveLength(2)
    for (const saved of [snapshots, createMemorySnapshots()]) {
      const { engine, seen, ask } = open(library, { snapshots: saved })
      await engine.start()
      expect((await seen('likes-changed')).likes.length).toBeGreaterThan(0)
      await expect.poll(async () => (await ask('ferry')).results.length).toBe(1)
    }
  })

  it('are unlike the version that they take the place of', async () => {
    const { engine, events, ask } = await openLetters()
    const [result] = (await ask('sundays')).results
    const old = [result, ...(result?.alike ?? [])].flatMap(each => each?.id ?? [])
    const newer = { ...files[0], blob: new Blob([`Ferries\n\n${letter} From May on.`]), replaces: old }
    await engine.add([{ name: 'letter-0.txt', path: 'letters/letter-0.txt', modifiedAt: 1, ...newer }])
    await expect.poll(() => events.filter(({ type }) => type === 'ingest-finished').length).toBe(2)
    const last = events.findLast(event => event.type === 'file-changed')
    expect(last?.type === 'file-changed' && last.state).toEqual({
      kind: 'done',
      passages: expect.any(Number),
    })
    expect((await ask('ferry')).results[0]?.alike).toBeUndefined()
  })
})

describe('a remembered folder at a start', () => {
  it('is shown, and not looked at, when it may not be read', async () => {
    const folders = createMemoryFolderStore()
    const disk = createMemoryDisk()
    disk.access.set('notes', 'prompt')
    disk.write('notes/bread.md', NOTES.bread, 1)
    await folders.put({ id: 'a', name: 'notes', handle: disk.folder('notes'), addedAt: 1 })
    const { engine, events, seen } = open(createMemoryLibrary(), { folders, folderReader: disk.reader })
    await engine.start()
    expect((await seen('folders-changed')).folders).toMatchObject([{ name: 'notes', access: 'prompt' }])
    expect(events.some(({ type }) => type === 'files-queued')).toBe(false)
  })

  it('is looked at when it may be, and forgotten when everything is cleared', async () => {
    const folders = createMemoryFolderStore()
    const disk = createMemoryDisk()
    disk.write('notes/bread.md', NOTES.bread, 1)
    await folders.put({ id: 'a', name: 'notes', handle: disk.folder('notes'), addedAt: 1 })
    const { engine, seen } = open(createMemoryLibrary(), { folders, folderReader: disk.reader })
    await engine.start()
    expect((await seen('document-added')).document.source?.folder).toBe('a')
    await engine.clear()
    expect(await folders.folders()).toEqual([])
  })
})
