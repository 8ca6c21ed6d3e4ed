import { describe, expect, it } from 'vitest'
import { createExactVectorIndex } from '../adapters/exact-vector-index.ts'
import { createFileExtractor } from '../adapters/file-extractor.ts'
import { createHashEncoder } from '../adapters/hash-encoder.ts'
import { createMemoryDisk } from '../adapters/memory-folder-reader.ts'
import { createMemoryFolderStore } from '../adapters/memory-folder-store.ts'
import { createMemoryLibrary } from '../adapters/memory-library.ts'
import { createWebCryptography } from '../adapters/web-cryptography.ts'
import { createCatalogue } from '../core/catalogue.ts'
import type { BelfryEvent } from '../core/events.ts'
import { createExclusive } from '../core/exclusive.ts'
import type { FolderState } from '../core/folder-state.ts'
import { createBm25Index } from '../core/lexical/bm25-index.ts'
import type { SourceFile } from '../core/ports/files.ts'
import { createFolders } from './folders.ts'
import type { Indexes } from './indexes.ts'
import { ingest, type Job } from './ingest.ts'
import { removeAll } from './remove.ts'

const BREAD = 'Keep loaves in a paper bag.'
const TEA = 'Green tea wants water below the boil.'
const NEW_TEA = 'Green tea wants three minutes.'

function open(library = createMemoryLibrary(), store = createMemoryFolderStore(), disk = createMemoryDisk()) {
  const events: BelfryEvent[] = []
  const emit = (event: BelfryEvent) => void events.push(event)
  const encoder = createHashEncoder()
  const catalogue = createCatalogue()
  const indexes: Indexes = { words: createBm25Index(), vectors: createExactVectorIndex(64), catalogue }
  const exclusive = createExclusive()
  let now = 100
  const clock = { now: () => now++, breathe: () => Promise.resolve() }
  const waiting: SourceFile[] = []
  const read: string[] = []
  let ticket = 1
  const folders = createFolders(
    { folders: store, folderReader: disk.reader, library, clock, cryptography: createWebCryptography() },
    {
      add: files => void waiting.push(...files),
      remove: ids => removeAll(ids, { library, indexes }, exclusive, emit),
      failed(error) {
        throw error
      },
    },
    emit,
  )
  const ports = { library, indexes, clock, encoder, exclusive, origins: folders.origins }

  /** Reads what a look has added. */
  async function settle(): Promise<string[]> {
    const files = waiting.splice(0)
    const queue: Job[] = files.map(file => ({ ticket: ticket++, file }))
    const signal = { aborted: false }
    await ingest(queue, { ...ports, extractor: createFileExtractor() }, emit, signal)
    folders.rested()
    read.push(...files.map(({ path }) => path))
    return files.map(({ path }) => path)
  }

  async function state(): Promise<FolderState> {
    await folders.follow()
    const last = events.findLast(event => event.type === 'folders-changed')
    const [first] = last?.type === 'folders-changed' ? last.folders : []
    if (first === undefined) throw new Error('expected a folder, found none')
    return first
  }

  const look = async (): Promise<string[]> => {
    await folders.lookAtFolder((await state()).id)
    return settle()
  }
  const texts = async () => {
    const ids = (await library.documents()).map(({ id }) => id)
    return (await library.load(ids)).map(({ contents }) => contents.text).toSorted()
  }
  return {
    folders,
    disk,
    library,
    store,
    settle,
    look,
    state,
    texts,
    waiting,
    events,
    add: (file: SourceFile) => waiting.push(file),
    /** As when its files are dropped, and not its handle. */
    async drop(...paths: string[]) {
      const files = await Promise.all(paths.map(path => disk.reader.find(disk.folder('notes'), path)))
      const dropped = files.filter(file => file !== undefined)
      folders.added(dropped)
      waiting.push(...dropped)
    },
  }
}

async function openWithNotes() {
  const session = open()
  const { disk, folders, settle } = session
  disk.write('notes/bread.md', BREAD, 1)
  disk.write('notes/tea.md', TEA, 1)
  disk.write('notes/copy/tea.md', TEA, 1)
  disk.write('notes/photo.jpg', '\xff\xd8\xff', 1)
  await folders.rememberFolder(disk.folder('notes'))
  await settle()
  return session
}

describe('a remembered folder', () => {
  it('is taken in, and nothing of it is read again while it stays as it is', async () => {
    const { look, state, texts } = await openWithNotes()
    expect(await texts()).toEqual([TEA, BREAD].toSorted())
    expect(await state()).toMatchObject({ name: 'notes', documents: 2, gone: [], looking: undefined })
    expect(await look()).toEqual([])
    expect(await look()).toEqual([])
  })

  it('has what changed replaced, what is new added, and what is gone listed until it is forgotten', async () => {
    const { disk, look, state, texts, folders } = await openWithNotes()
    disk.write('notes/bread.md', 'Toast it.', 2)
    disk.write('notes/soup.md', 'Stir now and then.', 2)
    disk.delete('notes/tea.md')
    expect(await look()).toEqual(['notes/bread.md', 'notes/soup.md'])
    expect(await texts()).toEqual([TEA, 'Stir now and then.', 'Toast it.'].toSorted())
    // The other copy still has it.
    expect(await state()).toMatchObject({ gone: [], goneDocuments: 0 })
    disk.delete('notes/copy/tea.md')
    disk.delete('notes/soup.md')
    await look()
    const { gone, goneDocuments, id } = await state()
    expect(gone).toEqual(['notes/copy/tea.md', 'notes/soup.md', 'notes/tea.md'])
    expect(goneDocuments).toBe(2)
    await folders.forgetGone(id)
    expect(await texts()).toEqual(['Toast it.'])
    expect(await state()).toMatchObject({ gone: [], documents: 1 })
  })

  it('keeps the document of a file that was moved', async () => {
    const { disk, look, state, texts, folders } = await openWithNotes()
    disk.delete('notes/bread.md')
    disk.write('notes/old/bread.md', BREAD, 1)
    await look()
    await folders.forgetGone((await state()).id)
    expect(await texts()).toContain(BREAD)
  })

  it('keeps both documents of two files that swapped their names', async () => {
    const { disk, look, texts } = await openWithNotes()
    disk.write('notes/bread.md', TEA, 2)
    disk.write('notes/tea.md', BREAD, 2)
    disk.delete('notes/copy/tea.md')
    await look()
    expect(await texts()).toEqual([BREAD, TEA].toSorted())
  })

  it('keeps what a file gave when its new version cannot be read, and replaces it later', async () => {
    const { disk, look, texts } = await openWithNotes()
    disk.write('notes/bread.md', '\0\x01\x02\x03', 2)
    await look()
    expect(await texts()).toContain(BREAD)
    disk.write('notes/bread.md', 'Toast it.', 3)
    await look()
    expect(await texts()).toEqual([TEA, 'Toast it.'].toSorted())
  })

  it('is remembered once, and looked at again when it is chosen again', async () => {
    const { disk, folders, settle, events } = await openWithNotes()
    disk.write('notes/soup.md', 'Stir.', 2)
    await folders.rememberFolder(disk.folder('notes'))
    expect(await settle()).toEqual(['notes/soup.md'])
    const last = events.findLast(event => event.type === 'folders-changed')
    expect(last?.type === 'folders-changed' && last.folders).toHaveLength(1)
  })

  it('does not have a file added twice that still waits', async () => {
    const { disk, folders, state, waiting } = await openWithNotes()
    disk.write('notes/soup.md', 'Stir.', 2)
    const { id } = await state()
    await folders.lookAtFolder(id)
    await folders.lookAtFolder(id)
    expect(waiting.map(({ path }) => path)).toEqual(['notes/soup.md'])
  })

  it('leaves alone what it cannot look at, and says so', async () => {
    const { disk, look, state } = await openWithNotes()
    disk.shut.add('notes/copy')
    disk.delete('notes/bread.md')
    await look()
    expect(await state()).toMatchObject({
      gone: ['notes/bread.md'],
      problems: ['“notes/copy” could not be opened.'],
    })
  })

  it('says so when it is not there any more, and counts nothing as gone', async () => {
    const { disk, look, state } = await openWithNotes()
    for (const name of ['bread.md', 'tea.md', 'copy/tea.md', 'photo.jpg']) disk.delete(`notes/${name}`)
    await look()
    expect(await state()).toMatchObject({
      gone: [],
      documents: 2,
      problems: ['The folder “notes” is not there any more.'],
    })
  })

  it('is looked at by itself only where that is allowed', async () => {
    const { disk, library, store } = await openWithNotes()
    disk.write('notes/soup.md', 'Stir.', 2)
    const later = open(library, store, disk)
    disk.access.set('notes', 'prompt')
    await later.folders.lookAtAll()
    expect(later.waiting).toEqual([])
    expect(await later.state()).toMatchObject({ access: 'prompt' })
    disk.access.set('notes', 'granted')
    await later.folders.lookAtAll()
    expect(later.waiting.map(({ path }) => path)).toEqual(['notes/soup.md'])
  })

  it('is forgotten with its documents, or without them', async () => {
    const one = await openWithNotes()
    await one.folders.forgetFolder((await one.state()).id, false)
    expect(await one.texts()).toHaveLength(2)
    expect(await one.store.folders()).toEqual([])
    const other = await openWithNotes()
    other.add({ name: 'a.md', path: 'a.md', modifiedAt: 0, blob: new Blob(['Mine.']) })
    await other.settle()
    await other.folders.forgetFolder((await other.state()).id, true)
    expect(await other.texts()).toEqual(['Mine.'])
  })

  it('that was forgotten with its documents kept owns them again when it is remembered', async () => {
    const { folders, state, disk, settle, look, texts } = await openWithNotes()
    await folders.forgetFolder((await state()).id, false)
    await folders.rememberFolder(disk.folder('notes'))
    await settle()
    expect(await state()).toMatchObject({ documents: 2 })
    disk.write('notes/bread.md', 'Toast it.', 2)
    disk.write('notes/tea.md', NEW_TEA, 2)
    disk.delete('notes/copy/tea.md')
    await look()
    expect(await texts()).toEqual([NEW_TEA, 'Toast it.'].toSorted())
  })

  it('can be stopped while it is looked at: nothing is added, and nothing counts as gone', async () => {
    const { folders, state, disk, waiting, events } = await openWithNotes()
    const { id, lookedAt } = await state()
    disk.delete('notes/bread.md')
    disk.write('notes/soup.md', 'Stir.', 2)
    const before = events.length
    const looking = folders.lookAtFolder(id)
    while (!events.slice(before).some(event => event.type === 'folder-progressed')) await Promise.resolve()
    await folders.cancelLook(id)
    await looking
    expect(waiting).toEqual([])
    expect(await state()).toMatchObject({ gone: [], looking: undefined, lookedAt })
  })
})

describe('a folder that was dropped before it was remembered', () => {
  const PATHS = ['notes/bread.md', 'notes/tea.md', 'notes/photo.jpg']

  async function openWithDrop() {
    const session = open()
    session.disk.write('notes/bread.md', BREAD, 1)
    session.disk.write('notes/tea.md', TEA, 1)
    session.disk.write('notes/photo.jpg', '\xff\xd8\xff', 1)
    await session.drop(...PATHS)
    return session
  }

  it('is not read again, and is followed from then on', async () => {
    const { folders, disk, settle, look, state, texts } = await openWithDrop()
    await settle()
    disk.write('notes/soup.md', 'Stir now and then.', 2)
    await folders.rememberFolder(disk.folder('notes'))
    expect(await settle()).toEqual(['notes/soup.md'])
    expect(await state()).toMatchObject({ documents: 3 })
    expect(await look()).toEqual([])
    disk.write('notes/bread.md', 'Toast it.', 3)
    expect(await look()).toEqual(['notes/bread.md'])
    expect(await texts()).toEqual(['Stir now and then.', 'Toast it.', TEA].toSorted())
  })

  it('has what still waits read once', async () => {
    const { folders, disk, settle, look, state, waiting } = await openWithDrop()
    await folders.rememberFolder(disk.folder('notes'))
    expect(waiting.map(({ path }) => path)).toEqual(PATHS)
    expect(await settle()).toEqual(PATHS)
    expect(await look()).toEqual([])
    expect(await state()).toMatchObject({ documents: 2 })
  })

  it('has what was not read, because adding was cancelled, read when it is looked at', async () => {
    const { folders, disk, look, waiting } = await openWithDrop()
    await folders.rememberFolder(disk.folder('notes'))
    waiting.length = 0
    folders.rested()
    expect(await look()).toEqual(PATHS)
  })

  it('is read as a whole when it is remembered once more', async () => {
    const { folders, disk, settle, state, texts } = await openWithDrop()
    await settle()
    await folders.rememberFolder(disk.folder('notes'))
    await folders.forgetFolder((await state()).id, true)
    expect(await texts()).toEqual([])
    await folders.rememberFolder(disk.folder('notes'))
    expect(await settle()).toEqual(PATHS)
    expect(await texts()).toHaveLength(2)
  })
})

it('files of a folder that another tab had still to take in are not added once more by a look', async () => {
  const { disk, folders, state, waiting, library, store } = await openWithNotes()
  disk.write('notes/soup.md', 'Stir.', 2)
  await folders.lookAtFolder((await state()).id)
  const heir = open(library, store, disk)
  heir.folders.added(waiting)
  await heir.folders.lookAtAll()
  expect(heir.waiting).toEqual([])
})
