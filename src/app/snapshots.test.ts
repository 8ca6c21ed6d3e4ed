import { describe, expect, it } from 'vitest'
import { createHashEncoder } from '../adapters/hash-encoder.ts'
import { openFileSink } from '../adapters/file-sink.ts'
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
import { createPlannedVectorIndex } from '../adapters/planned-vector-index.ts'
import { createFileExtractor } from '../adapters/file-extractor.ts'
import { createWebCryptography } from '../adapters/web-cryptography.ts'
import type { SpaceId } from '../core/document.ts'
import { failure } from '../core/errors.ts'
import type { BelfryEvent } from '../core/events.ts'
import { createBm25Index } from '../core/lexical/bm25-index.ts'
import type { Encoder } from '../core/ports/encoder.ts'
import type { Library } from '../core/ports/library.ts'
import type { SnapshotStore } from '../core/ports/snapshots.ts'
import { createEngine } from './engine.ts'
import { createServerPorts } from './server-ports.suite.ts'

const NOTES: Readonly<Record<string, string>> = {
  bread: '# Keeping bread\n\nKeep loaves in a paper bag. They last three days. The fridge dries them out.',
  ships: '# Ships\n\nA ship at anchor swings with the tide. Sailors watch the glass.',
  bees: '# Bees\n\nThey dance to tell the others where flowers are.',
}

/** What outlives a page: the library and what was saved beside it. */
function createDevice() {
  const stored = createMemoryLibrary()
  const tabs = createMemoryTabs()
  let loaded = 0
  let isFull = false
  const memory = createMemorySnapshots()
  const snapshots: SnapshotStore = {
    ...memory,
    save: (...given) =>
      isFull ? Promise.reject(failure('StorageFull', 'The disk is full.')) : memory.save(...given),
  }
  const library: Library = {
    ...stored,
    async load(ids) {
      loaded += ids.length
      return stored.load(ids)
    },
  }

  async function open(encoder: Encoder = createHashEncoder()) {
    loaded = 0
    const tab = tabs.open()
    const events: BelfryEvent[] = []
    const engine = createEngine(
      {
        library,
        snapshots,
        settings: createMemorySettings(),
        tabs: tab,
        words: createBm25Index(),
        extractor: createFileExtractor(),
        samples: { read: async () => ({ files: [], queries: [] }) },
        folders: createMemoryFolderStore(),
        choices: createMemoryChoices(),
        folderReader: createMemoryDisk().reader,
        changes: { announce: () => {}, listen: () => {} },
        waiting: createMemoryWaitingFiles(),
        clock: { now: () => 1, breathe: () => new Promise(resolve => setTimeout(resolve)) },
        log: createMemoryInteractionLog(10),
        heads: createMemoryHeadStore(),
        models: createMemoryModelStore(),
        createSha256,
        ...createServerPorts(),
        cryptography: createWebCryptography(),
        openFileSink: place => openFileSink(place, 'application/x-test'),
        startEncoder: async () => encoder,
        createVectorIndex: async dimension =>
          createPlannedVectorIndex({ dimension, now: () => 0, threshold: 1000 }),
        readSetFile: async () => '',
      },
      event => events.push(event),
    )
    await engine.start()
    const seen = (type: BelfryEvent['type']) => events.filter(event => event.type === type)
    return {
      engine,
      loaded: () => loaded,
      rebuilt: () => seen('index-rebuilt'),
      end: tab.end,
      async add(...names: string[]) {
        const before = seen('ingest-finished').length
        await engine.add(names.map(name => fileOf(name)))
        await expect.poll(() => seen('ingest-finished').length).toBeGreaterThan(before)
      },
      async found(query: string) {
        await engine.search(query)
        const last = events.findLast(event => event.type === 'search-finished')
        return last?.type === 'search-finished' ? last.answer.results.map(({ title }) => title) : []
      },
    }
  }

  const fillDisk = () => {
    isFull = true
  }
  return { open, snapshots: memory, library, fillDisk }
}

function fileOf(name: string) {
  const blob = new Blob([NOTES[name] ?? ''])
  return { name: `${name}.md`, path: `notes/${name}.md`, modifiedAt: 0, blob }
}

/** Whatever was to be saved, has been. */
async function saved(snapshots: SnapshotStore, before = 0): Promise<number> {
  await expect
    .poll(async () => {
      const [words, vectors] = [await snapshots.open('words'), await snapshots.open('vectors')]
      return words !== undefined && vectors !== undefined && (await snapshots.size()) !== before
    })
    .toBe(true)
  return snapshots.size()
}

describe('a start', () => {
  it('has the indexes back without reading the library', async () => {
    const device = createDevice()
    const first = await device.open()
    await first.add('bread', 'ships')
    await saved(device.snapshots)
    first.end()
    const second = await device.open()
    expect(await second.found('paper bag')).toContain('Keeping bread')
    expect((await second.found('anchor tide'))[0]).toBe('Ships')
    expect([second.loaded(), second.rebuilt()]).toEqual([0, []])
  })

  it('reads what was added, and forgets what was removed, since they were saved', async () => {
    const device = createDevice()
    const first = await device.open()
    await first.add('bread', 'ships')
    await saved(device.snapshots)
    device.fillDisk()
    await first.add('bees')
    const [bread] = await device.library.documents()
    first.end()
    if (bread !== undefined) await device.library.remove(bread.id)
    const second = await device.open()
    expect(await second.found('where flowers are')).toContain('Bees')
    expect(await second.found('paper bag')).not.toContain('Keeping bread')
    expect(second.rebuilt()).toEqual([])
  })

  it('makes a damaged index anew, says so, and saves it again', async () => {
    const device = createDevice()
    const first = await device.open()
    await first.add('bread', 'ships')
    await saved(device.snapshots)
    first.end()
    device.snapshots.damage('vectors', 'rows 0')
    const second = await device.open()
    expect(await second.found('paper bag')).toContain('Keeping bread')
    expect(second.rebuilt()).toMatchObject([{ why: 'was damaged' }])
    expect(second.loaded()).toBe(2)
  })

  it('does not take vectors of another model for its own', async () => {
    const device = createDevice()
    const first = await device.open()
    await first.add('bread', 'ships')
    await saved(device.snapshots)
    first.end()
    const hash = createHashEncoder()
    const second = await device.open({
      ...hash,
      info: async () => ({ ...(await hash.info()), space: 'another' as SpaceId }),
    })
    expect(await second.found('paper bag')).toContain('Keeping bread')
    expect(second.rebuilt()).toMatchObject([{ why: 'was saved by another version or for another model' }])
    expect((await device.library.documents()).map(({ space }) => space)).toEqual(['another', 'another'])
  })
})

describe('what is saved', () => {
  it('is gone when the library is cleared', async () => {
    const device = createDevice()
    const first = await device.open()
    await first.add('bread')
    const size = await saved(device.snapshots)
    await first.engine.clear()
    await saved(device.snapshots, size)
    const words = await device.snapshots.open('words')
    const bytes = await Promise.all(words?.parts.map(part => part.read()) ?? [])
    const letters = bytes.map(part => new TextDecoder('utf-16le').decode(part)).join()
    expect(letters).not.toContain('loav')
    first.end()
    const second = await device.open()
    expect(await second.found('paper bag')).toEqual([])
    expect(second.rebuilt()).toEqual([])
  })

  it('is saved by one tab, and by the next when that has ended', async () => {
    const device = createDevice()
    const [first, second] = [await device.open(), await device.open()]
    await second.add('bread')
    expect(await device.snapshots.open('words')).toMatchObject({ parts: [{ name: 'listing' }] })
    first.end()
    await saved(device.snapshots)
    await expect.poll(async () => (await device.snapshots.open('words'))?.parts.length).toBe(2)
  })

  it('stays as it was, and the library searchable, when the disk is full', async () => {
    const device = createDevice()
    device.fillDisk()
    const first = await device.open()
    await first.add('bread')
    expect(await first.found('paper bag')).toEqual(['Keeping bread'])
    expect(await device.snapshots.open('words')).toBeUndefined()
    first.end()
    expect(await (await device.open()).found('paper bag')).toEqual(['Keeping bread'])
  })
})
