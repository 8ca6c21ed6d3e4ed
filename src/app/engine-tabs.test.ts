import { expect, it } from 'vitest'
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
import type { BelfryEvent } from '../core/events.ts'
import { createBm25Index } from '../core/lexical/bm25-index.ts'
import type { Encoder } from '../core/ports/encoder.ts'
import type { SourceFile } from '../core/ports/files.ts'
import { createEngine } from './engine.ts'
import { createServerPorts } from './server-ports.suite.ts'

/** Tabs over one library that hear of each other's changes. */
function openOrigin(startEncoder: () => Promise<Encoder> = async () => createHashEncoder()) {
  const library = createMemoryLibrary()
  const waiting = createMemoryWaitingFiles()
  const tabs = createMemoryTabs()
  const heard = new Map<object, () => void>()
  const openTab = async () => {
    const events: BelfryEvent[] = []
    const tab = tabs.open()
    const announce = () => heard.forEach((listener, of) => of !== tab && listener())
    const engine = createEngine(
      {
        library,
        waiting,
        tabs: tab,
        words: createBm25Index(),
        extractor: createFileExtractor(),
        samples: { read: async () => ({ files: [], queries: [] }) },
        folders: createMemoryFolderStore(),
        choices: createMemoryChoices(),
        folderReader: createMemoryDisk().reader,
        changes: { announce, listen: listener => void heard.set(tab, listener) },
        clock: { now: () => 1, breathe: () => new Promise(resolve => setTimeout(resolve)) },
        log: createMemoryInteractionLog(10),
        heads: createMemoryHeadStore(),
        models: createMemoryModelStore(),
        snapshots: createMemorySnapshots(),
        settings: createMemorySettings(),
        createSha256,
        ...createServerPorts(),
        cryptography: createWebCryptography(),
        openFileSink: place => openFileSink(place, 'application/x-test'),
        startEncoder,
        createVectorIndex: async dimension => createExactVectorIndex(dimension),
        readSetFile: async () => '',
      },
      event => events.push(event),
    )
    await engine.start()
    const states = (kind: string) =>
      events.filter(event => event.type === 'file-changed' && event.state.kind === kind).length
    const titles = async (query: string) => {
      await engine.search(query)
      const last = events.findLast(event => event.type === 'search-finished')
      return last?.type === 'search-finished' ? last.answer.results.map(({ title }) => title) : []
    }
    return { engine, events, tab, states, titles }
  }
  return { library, waiting, openTab }
}

const FILES: readonly SourceFile[] = Array.from({ length: 12 }, (_, i) => ({
  name: `${i}.md`,
  path: `notes/${i}.md`,
  modifiedAt: i,
  blob: new Blob([`# Note ${i}\n\nThe number${i} of this note is told here.`]),
}))

it('embeds each document of a folder that two tabs add at once a single time', async () => {
  let embedded = 0
  const { library, openTab } = openOrigin(async () => {
    const encoder = createHashEncoder()
    return {
      ...encoder,
      encode(texts, tower) {
        if (tower === 'document') embedded += texts.length
        return encoder.encode(texts, tower)
      },
    }
  })
  const [a, b] = [await openTab(), await openTab()]
  await Promise.all([a.engine.add(FILES), b.engine.add(FILES)])
  await expect
    .poll(() => [a, b].map(tab => tab.states('done') + tab.states('skipped')))
    .toEqual([FILES.length, FILES.length])
  expect(a.states('done') + b.states('done')).toBe(FILES.length)
  expect(embedded).toBe(FILES.length)
  expect(await library.documents()).toHaveLength(FILES.length)
  for (const tab of [a, b]) expect((await tab.titles('number7'))[0]).toBe('Note 7')
})

it('takes over from a tab that ends in the middle, and goes on with what it had not read', async () => {
  let encoded = 0
  const { library, openTab } = openOrigin(async () => {
    const encoder = createHashEncoder()
    const stuck = new Promise<never>(() => {})
    return {
      ...encoder,
      encode: (texts, tower) =>
        tower === 'document' && ++encoded === 5 ? stuck : encoder.encode(texts, tower),
    }
  })
  const [writer, other] = [await openTab(), await openTab()]
  await writer.engine.add(FILES.slice(0, 10))
  await expect.poll(() => writer.states('done')).toBe(4)
  await other.engine.add(FILES.slice(10))
  expect(other.states('done')).toBe(0)
  writer.tab.end()
  await expect.poll(() => other.states('done')).toBe(2 + 6)
  for (const n of [1, 6, 11]) {
    await expect.poll(async () => (await other.titles(`number${n}`))[0]).toBe(`Note ${n}`)
  }
  expect(await library.documents()).toHaveLength(FILES.length)
  expect(other.events.filter(({ type }) => type === 'files-left-behind')).toEqual([])
})

it('tells what could not be kept of a tab that has ended, until it was seen', async () => {
  const { waiting, openTab } = openOrigin()
  await waiting.note('dead', [{ id: '1', name: '1.md', path: 'notes/1.md', bytes: 5, modifiedAt: 7 }])
  const { engine, events } = await openTab()
  const told = () => events.findLast(({ type }) => type === 'files-left-behind')
  await expect.poll(told).toEqual({ type: 'files-left-behind', paths: ['notes/1.md'] })
  await engine.forgetLeftBehind()
  expect(told()).toMatchObject({ paths: [] })
  expect(await waiting.all()).toEqual([])
})

it('makes the vectors of another model anew once, however many tabs are open', async () => {
  let space = 'old'
  let embedded = 0
  const { library, openTab } = openOrigin(async () => {
    const encoder = createHashEncoder(space)
    return {
      ...encoder,
      encode(texts, tower) {
        if (tower === 'document') embedded += texts.length
        return encoder.encode(texts, tower)
      },
    }
  })
  const first = await openTab()
  await first.engine.add(FILES)
  await expect.poll(() => first.states('done')).toBe(FILES.length)
  space = 'new'
  embedded = 0
  const opened = await Promise.all([openTab(), openTab()])
  expect(embedded).toBe(FILES.length)
  expect((await library.documents()).every(document => document.space === 'new')).toBe(true)
  for (const tab of opened) expect((await tab.titles('number7'))[0]).toBe('Note 7')
})
