import { describe, expect, it } from 'vitest'
import { createExactVectorIndex } from '../adapters/exact-vector-index.ts'
import { createFileExtractor } from '../adapters/file-extractor.ts'
import { createHashEncoder } from '../adapters/hash-encoder.ts'
import { createMemoryChoices } from '../adapters/memory-choices.ts'
import { createMemoryDisk } from '../adapters/memory-folder-reader.ts'
import { createMemoryFolderStore } from '../adapters/memory-folder-store.ts'
import { createMemoryLibrary } from '../adapters/memory-library.ts'
import { createCatalogue } from '../core/catalogue.ts'
import { parseDocumentId } from '../core/document.ts'
import { createExclusive } from '../core/exclusive.ts'
import { createBm25Index } from '../core/lexical/bm25-index.ts'
import type { SourceFile } from '../core/ports/files.ts'
import type { ColumnUses } from '../core/table.ts'
import type { IngestPorts } from './ingest.ts'
import { ingest } from './ingest.ts'
import { createTables } from './tables.ts'

const CSV = 'key,place,bell\n1,Ely,tenor\n2,York,treble\n'
const LONG = `key,place\n${Array.from({ length: 1200 }, (_, i) => `${i},Ely ${i}`).join('\n')}`
const NO_KEY: ColumnUses = [['key', 'nothing']]

const file = (text: string, path = 'towers.csv', more: Partial<SourceFile> = {}): SourceFile => ({
  name: path.slice(path.lastIndexOf('/') + 1),
  path,
  modifiedAt: 5,
  blob: new Blob([text]),
  ...more,
})

/** Pages, one after the other, over one library and one store of choices. */
function openDevice() {
  const [library, folders, choices] = [
    createMemoryLibrary(),
    createMemoryFolderStore(),
    createMemoryChoices(),
  ]
  const disk = createMemoryDisk()
  const openPage = () => {
    const waiting: SourceFile[] = []
    const failures: unknown[] = []
    const tables = createTables(
      { choices, extractor: createFileExtractor(), library, folders, folderReader: disk.reader },
      { add: files => void waiting.push(...files), failed: error => void failures.push(error) },
    )
    const clock = { now: () => 1, breathe: () => Promise.resolve() }
    const indexes = {
      words: createBm25Index(),
      vectors: createExactVectorIndex(64),
      catalogue: createCatalogue(),
    }
    const ports: IngestPorts = {
      library,
      indexes,
      clock,
      encoder: createHashEncoder(),
      exclusive: createExclusive(),
      extractor: tables.extractor,
      origins: { settled: tables.settled, hasElsewhere: () => false },
    }
    /** Reads what is given, and what was added. */
    async function read(...files: SourceFile[]) {
      const jobs = [...files, ...waiting.splice(0)].map((one, ticket) => ({ ticket, file: one }))
      await ingest(jobs, ports, () => {}, { aborted: false })
    }
    return { ...tables.commands, clear: tables.clear, read, failures }
  }
  const documents = () => library.documents()
  const first = async () => (await documents())[0]?.id ?? parseDocumentId('f'.repeat(64))
  const texts = async () => {
    const all = await library.load((await documents()).map(({ id }) => id))
    return all.map(({ contents }) => contents.text)
  }
  return { openPage, disk, folders, library, documents, first, texts }
}

describe('the columns of a table', () => {
  it('are chosen after it was read, and can be had back as they were', async () => {
    const { openPage, first, texts, documents } = openDevice()
    const page = openPage()
    await page.read(file(CSV))
    const before = await documents()
    expect(await page.lookAtTable(await first())).toMatchObject({ kind: 'table', chosen: undefined })
    await page.chooseColumns(await first(), [...NO_KEY, ['place', 'title'], ['bell', 'text']])
    await page.read()
    expect(await texts()).toEqual(['Rows 1–2\n\nplace: Ely | bell: tenor\nplace: York | bell: treble'])
    const look = await page.lookAtTable(await first())
    expect(look).toMatchObject({
      chosen: [
        ['key', 'nothing'],
        ['place', 'title'],
      ],
    })
    const guess = look.kind === 'table' ? look.head.columns.map(({ name, use }) => [name, use] as const) : []
    await page.chooseColumns(await first(), guess)
    await page.read()
    expect((await documents()).map(({ id }) => id)).toEqual(before.map(({ id }) => id))
    expect(await page.lookAtTable(await first())).toMatchObject({ chosen: undefined })
    expect(page.failures).toEqual([])
  })

  it('hold for all of its documents, and for tables with the same columns from then on', async () => {
    const { openPage, first, texts, documents } = openDevice()
    const page = openPage()
    await page.read(file(LONG))
    expect(await documents()).toHaveLength(3)
    await page.chooseColumns(await first(), NO_KEY)
    await page.read(file('place,key\nYork,secret 7\n', 'other.csv'))
    expect(await documents()).toHaveLength(4)
    expect((await texts()).join('\n')).not.toMatch(/key|secret/)
    await openPage().read(file('key,place\nsecret 8,Hull\n', 'later.csv'))
    expect((await texts()).join('\n')).not.toContain('secret')
    expect((await texts()).join('\n')).toContain('Hull')
  })

  it('of a file that is not at hand are chosen when it is picked, and stay where it was', async () => {
    const { openPage, first, texts, documents } = openDevice()
    await openPage().read(file(CSV, 'notes/towers.csv'))
    const page = openPage()
    expect(await page.lookAtTable(await first())).toEqual({ kind: 'absent' })
    const picked = file(CSV, 'towers (1).csv', { modifiedAt: 9 })
    expect(await page.lookAtTable(await first(), picked)).toMatchObject({ kind: 'table' })
    await page.chooseColumns(await first(), NO_KEY, picked)
    await page.read()
    expect(await documents()).toMatchObject([{ path: 'notes/towers.csv', modifiedAt: 9 }])
    expect((await texts())[0]).not.toContain('key')
  })

  it('of a file in a remembered folder are chosen without picking it, where it may be read', async () => {
    const { openPage, disk, folders, first, documents } = openDevice()
    await folders.put({ id: 'f', name: 'notes', handle: disk.folder('notes'), addedAt: 1 })
    disk.write('notes/towers.csv', CSV, 5)
    await openPage().read(file(CSV, 'notes/towers.csv', { folder: 'f' }))
    const page = openPage()
    disk.access.set('notes', 'prompt')
    expect(await page.lookAtTable(await first())).toEqual({ kind: 'absent' })
    disk.access.set('notes', 'granted')
    expect(await page.lookAtTable(await first())).toMatchObject({ kind: 'table' })
    await page.chooseColumns(await first(), NO_KEY)
    await page.read()
    expect(await documents()).toMatchObject([{ source: { folder: 'f', path: 'notes/towers.csv' } }])
  })

  it('cannot be chosen where there are none, or the document is gone', async () => {
    const { openPage, first, library } = openDevice()
    const page = openPage()
    await page.read(file('{"one": "word"}', 'settings.json'))
    const look = await page.lookAtTable(await first())
    expect(look).toEqual({
      kind: 'none',
      reason: '“settings.json” is no table: there are no columns to choose.',
    })
    const id = await first()
    await library.remove(id)
    expect(await page.lookAtTable(id)).toMatchObject({ kind: 'none' })
    await page.chooseColumns(id, NO_KEY)
    expect(page.failures).toHaveLength(1)
  })

  it('are as Belfry guesses when everything was cleared', async () => {
    const { openPage, first, texts } = openDevice()
    const page = openPage()
    await page.read(file(CSV))
    await page.chooseColumns(await first(), NO_KEY)
    await page.clear()
    await page.read()
    expect((await texts())[0]).toContain('key: 1')
  })
})
