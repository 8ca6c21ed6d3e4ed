import { createElement } from 'react'
import { createRoot, type Root } from 'react-dom/client'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { page, userEvent } from 'vitest/browser'
import type { Engine } from '../app/engine-api.ts'
import type { TableLook } from '../app/tables-api.ts'
import {
  type DocumentContents,
  type LibraryDocument,
  parseDocumentId,
  type SpaceId,
} from '../core/document.ts'
import type { BelfryEvent } from '../core/events.ts'
import type { ServerState } from '../core/server-state.ts'
import type { FolderState } from '../core/folder-state.ts'
import type { Opening } from '../core/interaction.ts'
import type { LearningState } from '../core/learning-state.ts'
import type { EncoderInfo } from '../core/ports/encoder.ts'
import type { SourceFile } from '../core/ports/files.ts'
import type { Hit, SearchAnswer } from '../core/ranking/answer.ts'
import { createAppStore } from '../state/create-store.ts'
import { App } from './app.tsx'

const PARAGRAPHS = Array.from({ length: 5000 }, (_, i) => `Paragraph ${i} says nothing.`)
const PASSAGE = 'A cut loaf stands best on its cut side.'
const TEXT = [...PARAGRAPHS.slice(0, 2500), PASSAGE, ...PARAGRAPHS.slice(2500)].join('\n\n')
const START = TEXT.indexOf(PASSAGE)
const CONTENTS: DocumentContents = {
  text: TEXT,
  passages: [{ start: START, end: START + PASSAGE.length, trail: [] }],
}

function documentCalled(title: string, digit: string): LibraryDocument {
  return {
    id: parseDocumentId(digit.repeat(64)),
    title,
    name: `${title}.md`,
    path: `kitchen/${title}.md`,
    mediaType: 'text/markdown',
    bytes: 10,
    modifiedAt: 0,
    addedAt: 0,
    passageCount: 1,
    firstKey: 0,
    space: 'space' as SpaceId,
  }
}

const BREAD = documentCalled('Bread', 'a')
const TEA = documentCalled('Tea', 'b')

const HIT: Hit = {
  passage: 0,
  span: { start: START, end: START + PASSAGE.length },
  trail: ['Storage'],
  text: PASSAGE,
  words: [{ start: 6, end: 10 }],
  sentence: { start: 0, end: PASSAGE.length },
  strength: 'strong',
  dense: 0.7,
  lexical: 2,
  fused: 0.6,
}

function answerOf(strength: SearchAnswer['strength'], ...documents: LibraryDocument[]): SearchAnswer {
  const results = documents.map(({ id, title, path }) => ({ id, title, path, hits: [HIT] }))
  return { results, isWhole: true, strength, milliseconds: 12, documents: 2, passages: 2 }
}

const added: SourceFile[] = []
const openings: Opening[] = []
const told: string[] = []

const LEARNING: LearningState = {
  noting: true,
  openings: 0,
  versions: [],
  inUse: 0,
  running: undefined,
  outcome: undefined,
}

const evaluated: SourceFile[] = []
let table: TableLook = { kind: 'absent' }
let asked: string[] = []
let root: Root
let emit: (...events: BelfryEvent[]) => void

async function nothing(): Promise<undefined> {
  return undefined
}

function show(): void {
  const store = createAppStore({ now: () => 0, later: task => task() })
  emit = (...events) => store.receive(events)
  const engine: Engine = {
    subscribe: nothing,
    start: nothing,
    add: async files => void added.push(...files),
    cancelAdding: nothing,
    pauseAdding: async () => emit({ type: 'adding-paused', paused: true }),
    resumeAdding: async () => emit({ type: 'adding-paused', paused: false }),
    retry: nothing,
    retryFailed: async () => void told.push('retryFailed'),
    inBackground: nothing,
    search: async query => void asked.push(query),
    open: async () => CONTENTS,
    remove: async id => emit({ type: 'document-removed', id, title: 'Bread', undoable: true }),
    undoRemove: async () => emit({ type: 'document-added', document: BREAD }),
    clear: async () => emit({ type: 'library-cleared' }),
    addSamples: nothing,
    retryModel: nothing,
    measureUsage: nothing,
    rememberFolder: async folder => void told.push(`rememberFolder ${folder.name}`),
    lookAtFolder: async () => undefined,
    cancelLook: async () => undefined,
    forgetFolder: async () => undefined,
    forgetGone: async () => undefined,
    measureFolders: async () => undefined,
    lookAtTable: async () => table,
    chooseColumns: async (_, uses) => void told.push(`chooseColumns ${uses.join(' ')}`),
    forgetLeftBehind: async () => emit({ type: 'files-left-behind', paths: [] }),
    opened: async opening => void openings.push(opening),
    measureLearning: nothing,
    noteOpenings: async on => void told.push(`noteOpenings ${on}`),
    clearLog: async () => void told.push('clearLog'),
    exportLog: async () => [],
    learn: async source => void told.push(`learn ${source}`),
    cancelLearning: async () => void told.push('cancelLearning'),
    chooseVersion: async number => void told.push(`chooseVersion ${number}`),
    exportLibrary: async options => {
      told.push(`exportLibrary ${JSON.stringify(options)}`)
      return undefined
    },
    glanceAtLibraryFile: async () => ({ locked: true, info: undefined }),
    importLibrary: async (_, passphrase) => void told.push(`importLibrary ${passphrase}`),
    cancelTransfer: async () => void told.push('cancelTransfer'),
    measureStorage: nothing,
    measureServer: nothing,
    testServer: async () => ({ kind: 'connected', collections: [], milliseconds: 1 }),
    connectServer: nothing,
    unlockServer: async secret => {
      told.push(`unlockServer ${JSON.stringify(secret)}`)
      return { problem: 'This is not the passphrase.' }
    },
    disconnectServer: async () => void told.push('disconnectServer'),
    scheduleSync: nothing,
    compareWithServer: nothing,
    synchronise: async direction => void told.push(`synchronise ${direction}`),
    pauseSync: async () => void told.push('pauseSync'),
    resumeSync: nothing,
    cancelSync: async () => void told.push('cancelSync'),
    takeCopyBack: nothing,
    readCopy: nothing,
    dropCopy: nothing,
    measureIndex: nothing,
    stopIndexing: async () => void told.push('stopIndexing'),
    resumeIndexing: async () => void told.push('resumeIndexing'),
    chooseIndex: async kind => void told.push(`chooseIndex ${kind}`),
    measurePassages: nothing,
    choosePassages: async settings => void told.push(`choosePassages ${JSON.stringify(settings)}`),
    cutAllAgain: async () => void told.push('cutAllAgain'),
    cancelCutting: async () => void told.push('cancelCutting'),
    evaluate: async files => void evaluated.push(...files),
    cancelEvaluation: async () => emit({ type: 'evaluation-cancelled' }),
  }
  const updateReady = { get: () => false, subscribe: () => () => {} }
  const platform = { updateReady, reload: () => {} }
  root.render(createElement(App, { store, engine, platform }))
}

const search = page.getByRole('searchbox', { name: 'Search' })
const results = page.getByRole('list', { name: 'Results' })

async function findBread(): Promise<void> {
  emit({ type: 'library-opened', documents: [BREAD, TEA] })
  await search.fill('loaf')
  emit({ type: 'search-finished', query: 'loaf', answer: answerOf('strong', BREAD, TEA) })
  await expect.element(results).toBeVisible()
}

async function openLearning(learning: Partial<LearningState>) {
  emit({ type: 'library-opened', documents: [BREAD] })
  await page.getByRole('button', { name: 'Menu' }).click()
  await page.getByRole('button', { name: 'Learning' }).click()
  const dialog = page.getByRole('dialog', { name: 'Learning' })
  await expect.element(dialog).toBeVisible()
  emit({ type: 'learning-changed', learning: { ...LEARNING, ...learning } })
  return dialog
}

beforeEach(async () => {
  added.length = 0
  openings.length = 0
  told.length = 0
  evaluated.length = 0
  asked = []
  await page.viewport(1200, 800)
  const place = document.createElement('div')
  document.body.replaceChildren(place)
  root = createRoot(place)
  show()
  await expect.element(search).toBeVisible()
})

afterEach(() => root.unmount())

describe('adding', () => {
  it('has one labelled input for files, before and after the first document', async () => {
    emit({ type: 'library-opened', documents: [] })
    await expect.element(page.getByLabelText('Add files')).toBeInTheDocument()
    expect(page.getByLabelText('Add files').elements()).toHaveLength(1)
    emit({ type: 'document-added', document: BREAD })
    await expect.element(page.getByRole('complementary', { name: 'Library' })).toBeVisible()
    expect(page.getByLabelText('Add files').elements()).toHaveLength(1)
    await userEvent.upload(page.getByLabelText('Add files'), new File(['x'], 'new.md'))
    await expect.poll(() => added.map(file => file.path)).toEqual(['new.md'])
  })

  it('takes files dropped anywhere, and a drop never leaves the page', async () => {
    emit({ type: 'library-opened', documents: [BREAD] })
    const dataTransfer = new DataTransfer()
    dataTransfer.items.add(new File(['x'], 'dropped.md'))
    const send = (type: string) => {
      const event = new DragEvent(type, { dataTransfer, bubbles: true, cancelable: true })
      document.body.dispatchEvent(event)
      return event.defaultPrevented
    }
    expect(send('dragover')).toBe(true)
    await expect.element(page.getByText('Drop to add to the library')).toBeVisible()
    expect(send('drop')).toBe(true)
    await expect.poll(() => added.map(file => file.path)).toEqual(['dropped.md'])
  })

  it('tells how it goes, and keeps the reason of what failed until it is dismissed', async () => {
    const files = [1, 2].map(ticket => ({ ticket, name: `${ticket}.md`, path: `${ticket}.md` }))
    emit({ type: 'library-opened', documents: [] }, { type: 'files-queued', files })
    const bar = page.getByRole('progressbar', { name: 'Adding documents' })
    await expect.element(bar).toHaveAttribute('aria-valuemax', '2')
    emit(
      { type: 'file-changed', ticket: 1, state: { kind: 'done', passages: 1 } },
      { type: 'file-changed', ticket: 2, state: { kind: 'failed', reason: 'It is a picture.' } },
    )
    await expect.element(page.getByText('1 searchable, 1 could not be read')).toBeVisible()
    await page.getByRole('button', { name: 'Details' }).click()
    await expect.element(page.getByRole('row', { name: /2\.md/ })).toHaveTextContent('It is a picture.')
    await page.getByRole('button', { name: 'Dismiss' }).click()
    expect(page.getByText('1 searchable').elements()).toHaveLength(0)
  })
})

function queued(count: number): BelfryEvent {
  const files = Array.from({ length: count }, (_, i) => ({
    ticket: i,
    name: `${i}.md`,
    path: `notes/${i}.md`,
  }))
  return { type: 'files-queued', files }
}

/** No script can put a folder into a drop, so the browser's answers are stood in for. */
async function dropFolder(): Promise<void> {
  const folder = await (await navigator.storage.getDirectory()).getDirectoryHandle('notes', {
    create: true,
  })
  const dataTransfer = new DataTransfer()
  dataTransfer.items.add(new File(['x'], 'notes'))
  const entry = {
    isDirectory: true,
    createReader: () => ({ readEntries: (done: (all: []) => void) => done([]) }),
  }
  vi.spyOn(DataTransferItem.prototype, 'webkitGetAsEntry').mockReturnValue(
    entry as unknown as FileSystemEntry,
  )
  Object.assign(DataTransferItem.prototype, { getAsFileSystemHandle: async () => folder })
  document.body.dispatchEvent(new DragEvent('drop', { dataTransfer, bubbles: true, cancelable: true }))
  vi.restoreAllMocks()
}

describe('a folder that was dropped', () => {
  const offer = page.getByRole('button', { name: 'Keep looking at “notes”' })

  it('is offered to be looked at again, while it is added and under Folders, and nobody has to answer', async () => {
    emit({ type: 'library-opened', documents: [BREAD] }, queued(1))
    await dropFolder()
    await expect.element(offer).toBeVisible()
    await dropFolder()
    expect(offer.elements()).toHaveLength(1)
    emit({ type: 'file-changed', ticket: 0, state: { kind: 'failed', reason: 'It is a picture.' } })
    await page.getByRole('button', { name: 'Dismiss' }).click()
    expect(offer.elements()).toHaveLength(0)
    await page.getByRole('button', { name: 'Menu' }).click()
    await page.getByRole('button', { name: 'Folders' }).click()
    await offer.click()
    expect(told).toEqual(['rememberFolder notes'])
    expect(offer.elements()).toHaveLength(0)
    await expect.element(page.getByRole('dialog').getByRole('button', { name: 'Add a folder' })).toHaveFocus()
  })

  it('is not offered when it is looked at anyway', async () => {
    const handle = await (await navigator.storage.getDirectory()).getDirectoryHandle('notes', {
      create: true,
    })
    const folder: FolderState = {
      id: 'f',
      name: 'notes',
      handle,
      addedAt: 0,
      access: 'granted',
      looking: undefined,
      documents: 1,
      gone: [],
      goneDocuments: 0,
      problems: [],
    }
    emit({ type: 'library-opened', documents: [BREAD] }, queued(1), {
      type: 'folders-changed',
      folders: [folder],
    })
    await dropFolder()
    await expect.element(page.getByRole('progressbar')).toBeVisible()
    await new Promise(resolve => setTimeout(resolve, 100))
    expect(offer.elements()).toHaveLength(0)
  })
})

describe('the columns of a table', () => {
  const towers: LibraryDocument = { ...documentCalled('towers', 'c'), name: 'towers.csv', path: 'towers.csv' }
  const dialog = page.getByRole('dialog', { name: 'Choose columns' })
  const TABLE: TableLook = {
    kind: 'table',
    head: {
      table: 'towers',
      columns: [
        { name: 'key', use: 'text' },
        { name: 'place', use: 'title' },
      ],
      rows: [
        ['1', 'Ely'],
        ['2', 'York'],
      ],
    },
    chosen: undefined,
  }

  it('are offered for tables only, shown with their first rows, and the table is read again', async () => {
    table = TABLE
    emit({ type: 'library-opened', documents: [BREAD, towers] })
    await expect.element(page.getByRole('button', { name: 'Choose columns of towers' })).toBeVisible()
    expect(page.getByRole('button', { name: /^Choose columns/ }).elements()).toHaveLength(1)
    await page.getByRole('button', { name: 'Choose columns of towers' }).click()
    await expect.element(dialog.getByRole('row', { name: /place/ })).toHaveTextContent(/Ely.*York/)
    const key = dialog.getByLabelText('Read key as')
    await expect.element(key).toHaveValue('text')
    await key.selectOptions('Title')
    // There is one title.
    await expect.element(dialog.getByLabelText('Read place as')).toHaveValue('text')
    await key.selectOptions('Leave out')
    await dialog.getByLabelText('Read place as').selectOptions('Leave out')
    await expect.element(dialog.getByRole('button', { name: 'Read it again' })).toBeDisabled()
    await dialog.getByRole('button', { name: 'As Belfry guesses' }).click()
    await expect.element(dialog.getByLabelText('Read place as')).toHaveValue('title')
    await key.selectOptions('Leave out')
    await dialog.getByRole('button', { name: 'Read it again' }).click()
    expect(told).toEqual(['chooseColumns key,nothing place,title'])
    expect(dialog.elements()).toHaveLength(0)
    // The row that it was opened from goes with its document.
    await expect.element(search).toHaveFocus()
  })

  it('stay as they are when the dialog is left, and keep what was chosen before', async () => {
    table = { ...TABLE, chosen: [['place', 'tags']] }
    emit({ type: 'library-opened', documents: [towers] })
    await page.getByRole('button', { name: 'Choose columns of towers' }).click()
    await expect.element(dialog.getByLabelText('Read place as')).toHaveValue('tags')
    await userEvent.keyboard('{Escape}')
    expect(dialog.elements()).toHaveLength(0)
    expect(told).toEqual([])
    expect(document.activeElement?.getAttribute('aria-label')).toBe('Choose columns of towers')
  })

  it('of a file that is not at hand are chosen when it was picked, from the list of files too', async () => {
    table = { kind: 'absent' }
    const file = { ticket: 1, name: 'towers.csv', path: 'towers.csv' }
    emit(
      { type: 'library-opened', documents: [towers] },
      { type: 'files-queued', files: [file] },
      { type: 'file-changed', ticket: 1, state: { kind: 'done', passages: 1 } },
    )
    await page.getByRole('button', { name: 'Details' }).click()
    await page.getByRole('button', { name: 'Choose columns of towers.csv…' }).click()
    await expect.element(dialog.getByText(/^Belfry keeps what a table says/)).toBeVisible()
    table = TABLE
    await userEvent.upload(dialog.getByLabelText('Pick the file'), new File(['key,place'], 'towers (1).csv'))
    await expect.element(dialog.getByLabelText('Read key as')).toBeVisible()
    // It has other bytes than the one that was read.
    await expect.element(dialog.getByText(/^This file has 9 bytes/)).toBeVisible()
  })
})

describe('the queue', () => {
  const files = page.getByRole('region', { name: 'Files' })

  it('opens from the menu, also when nothing was added', async () => {
    emit({ type: 'library-opened', documents: [BREAD] })
    await page.getByRole('button', { name: 'Menu' }).click()
    await page.getByRole('button', { name: 'Adding', exact: true }).click()
    await expect.element(files).toHaveTextContent('Nothing has been added')
    await expect.element(page.getByRole('button', { name: 'Close' })).toHaveFocus()
    await userEvent.keyboard('{Escape}')
    expect(files.elements()).toHaveLength(0)
  })

  it('shows the files of a state, with their reason, and tries all again that failed', async () => {
    emit({ type: 'library-opened', documents: [BREAD] }, queued(40))
    emit(
      { type: 'file-changed', ticket: 1, state: { kind: 'failed', reason: 'It is a picture.' } },
      { type: 'file-changed', ticket: 2, state: { kind: 'embedding', done: 64, total: 400 } },
    )
    await page.getByRole('button', { name: 'Details' }).click()
    await expect
      .element(files.getByRole('row', { name: /notes\/2\.md/ }))
      .toHaveTextContent('embedding 64 of 400')
    await files.getByRole('button', { name: 'Failed 1' }).click()
    await expect.poll(() => files.getByRole('row').elements()).toHaveLength(2)
    await expect.element(files.getByRole('row').last()).toHaveTextContent('It is a picture.')
    await files.getByRole('button', { name: 'Retry all failed' }).click()
    expect(told).toEqual(['retryFailed'])
    await files.getByRole('button', { name: 'All 40' }).click()
    await files.getByLabelText('Find a file').fill('17.md')
    await expect.poll(() => files.getByRole('row').elements()).toHaveLength(2)
  })

  it('makes only the rows that can be seen of 100,000, and reaches the last one', async () => {
    emit({ type: 'library-opened', documents: [BREAD] }, queued(100_000))
    await page.getByRole('button', { name: 'Details' }).click()
    const table = files.getByRole('table')
    await expect.element(table).toHaveAttribute('aria-rowcount', '100001')
    expect(table.element().querySelectorAll('tbody tr').length).toBeLessThan(80)
    const scroller = files.getByRole('region', { name: 'States' }).element()
    scroller.scrollTop = scroller.scrollHeight
    await expect.element(files.getByRole('row', { name: /notes\/99999\.md/ })).toBeInViewport()
    expect(table.element().querySelectorAll('tbody tr').length).toBeLessThan(80)
  })

  it('is paused and goes on', async () => {
    emit({ type: 'library-opened', documents: [BREAD] }, queued(3))
    await page.getByRole('button', { name: 'Pause' }).click()
    await expect.element(page.getByText('Paused at 0 of 3 · 0%')).toBeVisible()
    await page.getByRole('button', { name: 'Resume' }).click()
    await expect.element(page.getByText('Reading 1 of 3 · 0%')).toBeVisible()
  })
})

describe('searching', () => {
  it('asks for what is typed and shows title, place and marked words', async () => {
    await findBread()
    expect(asked).toContain('loaf')
    const first = results.getByRole('listitem').first()
    await expect.element(first.getByRole('heading')).toHaveTextContent('Bread')
    await expect.element(first).toHaveTextContent('kitchen/Bread.md › Storage')
    expect(first.element().querySelector('mark')?.textContent).toBe('loaf')
  })

  it('offers nobody the results of an older query', async () => {
    await findBread()
    await search.fill('loaf and')
    expect(results.elements()).toHaveLength(0)
    emit({ type: 'search-finished', query: 'loaf', answer: answerOf('strong', TEA) })
    expect(results.elements()).toHaveLength(0)
    emit({ type: 'search-finished', query: 'loaf and', answer: answerOf('none', TEA) })
    await expect.element(results.getByRole('heading')).toHaveTextContent('Tea')
    await expect
      .element(page.getByText('Nothing says that in so many words. Nearest in meaning:'))
      .toBeVisible()
    await expect.element(search).toHaveFocus()
  })
})

describe('keyboard', () => {
  it('goes from search to results to the passage and back', async () => {
    await findBread()
    await userEvent.keyboard('{ArrowDown}')
    await expect.element(page.getByRole('button', { name: 'Bread', exact: true }).first()).toHaveFocus()
    await userEvent.keyboard('j')
    await expect.element(results.getByRole('button', { name: 'Tea', exact: true })).toHaveFocus()
    await userEvent.keyboard('k{Enter}')
    const preview = page.getByRole('region', { name: 'Preview of Bread' })
    await expect.element(preview.getByText('stands best on its cut side.')).toBeInViewport()
    await userEvent.keyboard('{Escape}')
    expect(preview.elements()).toHaveLength(0)
    await expect.element(results.getByRole('button', { name: 'Bread', exact: true })).toHaveFocus()
    await userEvent.keyboard('{Escape}')
    await expect.element(search).toHaveFocus()
  })

  it('lists its keys', async () => {
    page.getByRole('button', { name: 'Menu' }).element().focus()
    await userEvent.keyboard('?')
    await expect.element(page.getByRole('dialog', { name: 'Keyboard shortcuts' })).toBeVisible()
  })
})

it('shows only the paragraphs around the passage of a long document', async () => {
  await findBread()
  await results.getByRole('button', { name: 'Bread', exact: true }).click()
  const text = page.getByRole('region', { name: 'Text' })
  await expect.element(text).toBeVisible()
  expect(text.element().querySelectorAll('p')).toHaveLength(401)
  await text.getByRole('button', { name: 'Show more' }).first().click()
  expect(text.element().querySelectorAll('p')).toHaveLength(601)
})

describe('noting what was opened', () => {
  it('tells what was opened among what was shown, when it is closed', async () => {
    await findBread()
    await results.getByRole('button', { name: 'Tea', exact: true }).click()
    expect(openings).toEqual([])
    await userEvent.keyboard('{Escape}')
    await expect.poll(() => openings).toHaveLength(1)
    expect(openings[0]).toMatchObject({
      query: 'loaf',
      shown: [
        { document: BREAD.id, passage: 0 },
        { document: TEA.id, passage: 0 },
      ],
      opened: { document: TEA.id, passage: 0 },
    })
  })

  it('ends one opening when the next begins, and notes nothing that was opened from the library', async () => {
    await findBread()
    await results.getByRole('button', { name: 'Tea', exact: true }).click()
    await results.getByRole('button', { name: 'Bread', exact: true }).click()
    await expect.poll(() => openings.map(({ opened }) => opened.document)).toEqual([TEA.id])
    await page.getByRole('complementary', { name: 'Library' }).getByRole('button', { name: /^Tea/ }).click()
    await userEvent.keyboard('{Escape}')
    expect(openings.map(({ opened }) => opened.document)).toEqual([TEA.id, BREAD.id])
  })

  it('can be switched off, exported and cleared under Learning', async () => {
    const dialog = await openLearning({ openings: 12 })
    await expect.element(dialog).toHaveTextContent('12 openings noted')
    const noting = dialog.getByRole('checkbox', { name: 'Note which results I open' })
    await expect.element(noting).toBeChecked()
    await noting.click()
    await dialog.getByRole('button', { name: 'Forget them' }).click()
    expect(told).toEqual(['noteOpenings false', 'clearLog'])
  })
})

describe('learning', () => {
  const scores = { examples: 1600, before: 0.5, after: 0.625, probesBefore: 0.7, probesAfter: 0.7 }
  const versions = [{ number: 1, source: 'openings', learnedAt: 0, scores } as const]

  it('starts from either source, and gives the reason of a refusal', async () => {
    const dialog = await openLearning({ outcome: { accepted: false, sentence: 'Not enough yet.' } })
    await expect.element(dialog.getByRole('status')).toHaveTextContent('Not enough yet.')
    await dialog.getByRole('button', { name: 'Learn from what I opened' }).click()
    await dialog.getByRole('button', { name: 'Learn from my documents' }).click()
    expect(told).toEqual(['learn openings', 'learn documents'])
  })

  it('shows how far it is, and can be cancelled', async () => {
    const dialog = await openLearning({ running: { source: 'openings', share: 0.42 } })
    const bar = dialog.getByRole('progressbar', { name: 'Learning' })
    await expect.element(bar).toHaveAttribute('aria-valuenow', '42')
    await expect.element(dialog.getByRole('button', { name: 'Learn from my documents' })).toBeDisabled()
    await dialog.getByRole('button', { name: 'Cancel' }).click()
    expect(told).toEqual(['cancelLearning'])
  })

  it('lists versions with what they are worth, and switches back with one click', async () => {
    const dialog = await openLearning({ versions, inUse: 1 })
    const list = dialog.getByRole('region', { name: 'Versions' })
    await expect
      .element(list)
      .toHaveTextContent(
        'Learned from 1,600 openings. Average place of what was right: 2.0 before, 1.6 after.',
      )
    await expect.element(list.getByRole('listitem').first()).toHaveTextContent('in use')
    await list.getByRole('button', { name: 'Use this one: As shipped' }).click()
    expect(told).toEqual(['chooseVersion 0'])
  })

  it('asks again with the version that was put in use', async () => {
    await findBread()
    asked = []
    emit({ type: 'learning-changed', learning: { ...LEARNING, versions, inUse: 1 } })
    await expect.poll(() => asked).toEqual(['loaf'])
  })
})

describe('removing', () => {
  it('can be undone, and keeps focus in the list', async () => {
    emit({ type: 'library-opened', documents: [BREAD, TEA] })
    await page.getByRole('button', { name: 'Remove Bread' }).click()
    await expect.element(page.getByRole('button', { name: 'Remove Tea' })).toHaveFocus()
    await page.getByRole('button', { name: 'Undo' }).click()
    await expect.element(page.getByRole('button', { name: 'Remove Bread' })).toBeVisible()
  })

  it('clears everything only after saying what is lost', async () => {
    emit({ type: 'library-opened', documents: [BREAD, TEA] })
    await page.getByRole('button', { name: 'Clear everything' }).click()
    const dialog = page.getByRole('dialog')
    await expect.element(dialog).toHaveTextContent('2 documents with 2 passages')
    await dialog.getByRole('button', { name: 'Clear 2 documents' }).click()
    await expect.element(page.getByRole('button', { name: 'Try it with sample documents' })).toBeVisible()
    await expect.element(search).toHaveFocus()
  })
})

describe('quality', () => {
  const info: EncoderInfo = {
    modelName: 'Test model',
    space: 'space' as SpaceId,
    queryTower: 'a tower',
    dimension: 2,
    backend: 'wasm',
    threads: 1,
    fusionWeight: 0.4,
    strength: { strong: 0.6, fair: 0.4 },
  }
  const heading = page.getByRole('heading', { name: 'Quality' })
  const progress = { type: 'evaluation-progressed', set: 'med', step: 'encoding', total: 10 } as const

  async function openQuality(): Promise<void> {
    emit({ type: 'library-opened', documents: [BREAD] }, { type: 'model-ready', info })
    await page.getByRole('button', { name: 'Menu' }).click()
    await page.getByRole('button', { name: 'Quality' }).click()
    await expect.element(heading).toHaveFocus()
  }

  it('opens from the menu and goes back with Escape and with its button', async () => {
    await openQuality()
    await userEvent.keyboard('{Escape}')
    await expect.element(page.getByRole('button', { name: 'Menu' })).toHaveFocus()
    await openQuality()
    await page.getByRole('button', { name: 'Back to the search' }).click()
    await expect.element(search).toBeVisible()
  })

  it('evaluates what is dropped and adds nothing to the library', async () => {
    await openQuality()
    const dataTransfer = new DataTransfer()
    dataTransfer.items.add(new File(['{}'], 'corpus.jsonl'))
    document.body.dispatchEvent(new DragEvent('drop', { dataTransfer, bubbles: true, cancelable: true }))
    await expect.poll(() => evaluated.map(file => file.path)).toEqual(['corpus.jsonl'])
    expect(added).toEqual([])
  })

  it('tells how far it is, can be cancelled, and keeps focus on the page', async () => {
    await openQuality()
    emit({ ...progress, done: 5 })
    const bar = page.getByRole('progressbar', { name: 'Evaluating med' })
    await expect.element(bar).toHaveAttribute('aria-valuenow', '45')
    await page.getByRole('button', { name: 'Cancel' }).click()
    await expect.element(page.getByLabelText('Choose a folder')).toBeEnabled()
    await expect.element(page.getByRole('heading', { name: 'A set of your own' })).toHaveFocus()
  })

  it('says that its figures are not those of another model', async () => {
    await openQuality()
    await expect.element(page.getByText(/^The model that is loaded here is another one/)).toBeVisible()
  })
})

describe('a server', () => {
  const server: ServerState = {
    nearby: 'https://notes.example/chroma',
    connection: {
      address: 'https://server.example',
      tenant: 't',
      database: 'd',
      collection: 'notes',
      credential: 'token',
      needs: 'nothing',
      every: 15,
    },
    activity: undefined,
    plan: undefined,
    trouble: undefined,
    report: undefined,
    copies: [],
  }
  const { connection } = server
  const dialog = page.getByRole('dialog', { name: 'Server' })

  it('waits for its passphrase, and says so outside of the dialog', async () => {
    const locked = connection && { ...connection, needs: 'passphrase' as const }
    emit({ type: 'server-changed', server: { ...server, connection: locked } })
    const notice = page.getByText('Synchronising waits for the passphrase of the server.')
    await expect.element(notice).toBeVisible()
    await page.getByRole('button', { name: 'Show' }).click()
    await dialog.getByLabelText('Passphrase of the credential').fill('shut')
    await userEvent.keyboard('{Enter}')
    await expect.element(dialog.getByRole('alert')).toHaveTextContent('This is not the passphrase.')
    expect(told).toContain('unlockServer "shut"')
    await expect.element(dialog.getByRole('button', { name: 'Compare', exact: true })).not.toBeInTheDocument()
  })

  it('shows what is being done outside of the dialog, where it can be held and stopped', async () => {
    emit({ type: 'server-changed', server: { ...server, activity: { what: 'both', paused: false } } })
    emit({ type: 'sync-progressed', progress: { step: 'sending', done: 1, total: 4 } })
    await page.getByRole('button', { name: 'Show' }).click()
    const bar = dialog.getByRole('progressbar', { name: 'Sending documents' })
    await expect.element(bar).toHaveAttribute('aria-valuenow', '1')
    await dialog.getByRole('button', { name: 'Pause' }).click()
    await dialog.getByRole('button', { name: 'Cancel' }).click()
    expect(told.slice(-2)).toEqual(['pauseSync', 'cancelSync'])
  })

  it('is told of a failure, its problems and what would be done, and forgets itself when asked twice', async () => {
    const none = { documents: 0, passages: 0, removals: 0 }
    const outcome = { sent: none, taken: none, copies: 0, waiting: 0, awaited: 0 }
    const problems = [{ id: 'a', sentence: 'It has another hash.' }]
    emit({
      type: 'sync-ended',
      report: { at: 1, direction: 'both', kind: 'failed', sentence: 'It is down.' },
    })
    await expect.element(page.getByText('Synchronising has failed. It is down.')).toBeVisible()
    const report = { at: 1, direction: 'both', kind: 'done', outcome: { ...outcome, problems } } as const
    emit({ type: 'server-changed', server: { ...server, report } })
    await page.getByRole('button', { name: 'Show' }).click()
    await dialog.getByText('1 document on the server was not understood').click()
    await expect.element(dialog.getByText('It has another hash.')).toBeVisible()
    const plan = { send: { ...none, documents: 2 }, take: none, conflicts: 0, waiting: 0 }
    emit({ type: 'server-changed', server: { ...server, plan: { plan, full: false } } })
    await dialog.getByRole('button', { name: 'Send', exact: true }).click()
    await dialog.getByRole('button', { name: 'Disconnect…' }).click()
    await dialog.getByRole('button', { name: 'Disconnect', exact: true }).click()
    expect(told.slice(-2)).toEqual(['synchronise push', 'disconnectServer'])
  })
})
