import type { DocumentId } from '../../core/document.ts'
import type { ExtractedDocument } from '../../core/ports/extractor.ts'
import type { SourceFile } from '../../core/ports/files.ts'
import { type ColumnUse, type TableChoice, type TableHead, tableKey } from '../../core/table.ts'
import { joinBlocks, type Block } from '../../core/text/join-blocks.ts'
import { documentIdOf } from '../document-id.ts'
import { writtenDate } from '../written-date.ts'
import { shownName, unreadable } from '../unreadable-file.ts'
import { createRowBlocks, type RowBlocks } from './row-blocks.ts'
import { columnsOf, type Cell } from './table-columns.ts'

/** Rows of one document, and UTF-16 units behind which it ends earlier. */
const ROWS = 500
const LETTERS = 1_000_000
/** Rows that are looked at before the first is written. */
const SAMPLE = 100

/** Rows that are shown to choose columns by. */
const SHOWN = 3
/** UTF-16 units of a value that are shown. */
const SHOWN_LETTERS = 200

export interface TableOptions {
  /** What somebody has chosen for tables; the one that fits this table counts. */
  readonly choices?: readonly TableChoice[] | undefined
}

export interface TableSource {
  readonly mediaType: string
  readonly rows: AsyncIterable<readonly Cell[]>
  /** Whether the names of columns are the file's own. */
  readonly named: boolean
  /** What a row is called, in headings and in paths: `Row`, `Rows`. */
  readonly one: string
  readonly many: string
  /** SHA-256 of the file's bytes; asked for behind the last row. */
  id(): DocumentId
  /** What could not be read, as sentences; asked for behind the last row. */
  missing(): readonly string[]
}

/** Rows of a document that is being written. */
interface Draft {
  readonly first: number
  readonly last: number
  readonly blocks: readonly Block[]
  /** The last date of its rows, in milliseconds since the epoch. */
  readonly writtenAt: number | undefined
  /** Whether somebody has chosen its columns. */
  readonly isChosen: boolean
}

/**
 * A table as documents of 500 rows, of which no more than two are in memory. A file that has no more rows is one document.
 * @throws UnreadableFile when no row says anything.
 */
export async function* tableDocuments(
  file: SourceFile,
  source: TableSource,
  options: TableOptions = {},
): AsyncGenerator<ExtractedDocument> {
  let held: Draft | undefined
  let isOne = true
  let cutRows = 0
  const noteCut = () => cutRows++
  for await (const draft of draftsOf(file, source, options, noteCut)) {
    if (held !== undefined) {
      isOne = false
      yield partOf(held, file, source)
    }
    held = draft
  }
  if (held === undefined) throw unreadable(file, 'holds no row with anything to read. The file was skipped.')
  const missing = [...source.missing(), ...(cutRows === 0 ? [] : [cutSentence(cutRows)])]
  const last = isOne ? wholeOf(held, file, source) : partOf(held, file, source)
  yield missing.length === 0 ? last : { ...last, missing }
}

/** What a table looks like at its beginning, to choose columns by. */
export async function tableHead(
  { name }: SourceFile,
  { rows, named }: Pick<TableSource, 'rows' | 'named'>,
): Promise<TableHead> {
  const sample: (readonly Cell[])[] = []
  for await (const row of rows) if (sample.push(row) === SAMPLE) break
  const columns = columnsOf(sample)
  return {
    table: keyOf(columns, named, name),
    columns: columns.map(column => ({ name: column.name, use: column.use })),
    rows: sample.slice(0, SHOWN).map(row => columns.map(column => textIn(row, column.name))),
  }
}

function textIn(row: readonly Cell[], column: string): string {
  return (
    row
      .find(cell => cell.column === column)
      ?.text.trim()
      .slice(0, SHOWN_LETTERS) ?? ''
  )
}

function keyOf(columns: readonly { readonly name: string }[], named: boolean, fileName: string): string {
  return tableKey(
    columns.map(({ name }) => name),
    named,
    fileName,
  )
}

interface Reading {
  readonly uses: ReadonlyMap<string, ColumnUse>
  readonly isChosen: boolean
}

function readingOf(
  sample: readonly (readonly Cell[])[],
  file: SourceFile,
  { named }: TableSource,
  { choices = [] }: TableOptions,
): Reading {
  const columns = columnsOf(sample)
  const key = keyOf(columns, named, file.name)
  const chosen = choices.find(({ table }) => table === key)
  if (chosen !== undefined) return { uses: new Map(chosen.uses), isChosen: true }
  return { uses: new Map(columns.map(({ name, use }) => [name, use])), isChosen: false }
}

async function* draftsOf(
  file: SourceFile,
  source: TableSource,
  options: TableOptions,
  noteCut: () => void,
): AsyncGenerator<Draft> {
  let blocks: RowBlocks | undefined
  let reading: Reading = { uses: new Map(), isChosen: false }
  let writtenAt: number | undefined
  let first = 1
  let number = 0
  const close = (): Draft[] => {
    const found = blocks?.finish() ?? []
    blocks = undefined
    const { isChosen } = reading
    return found.length === 0 ? [] : [{ first, last: number, blocks: found, writtenAt, isChosen }]
  }
  for await (const { row, sample } of withSample(source.rows)) {
    if (sample !== undefined) reading = readingOf(sample, file, source, options)
    if (blocks === undefined) {
      first = number + 1
      writtenAt = undefined
    }
    blocks ??= createRowBlocks({ ...source, uses: reading.uses })
    number++
    if (blocks.add(row, number).cut) noteCut()
    writtenAt = later(writtenAt, row, reading.uses)
    if (number - first + 1 >= ROWS || blocks.letters() > LETTERS) yield* close()
  }
  yield* close()
}

function later(known: number | undefined, row: readonly Cell[], uses: Reading['uses']): number | undefined {
  const dates = row
    .filter(({ column }) => uses.get(column) === 'date')
    .flatMap(({ text }) => writtenDate(text) ?? [])
  const all = known === undefined ? dates : [known, ...dates]
  return all.length === 0 ? undefined : Math.max(...all)
}

/** The rows; with the first of them comes what the beginning looks like. */
async function* withSample(
  rows: AsyncIterable<readonly Cell[]>,
): AsyncGenerator<{ row: readonly Cell[]; sample?: readonly (readonly Cell[])[] }> {
  let sample: (readonly Cell[])[] | undefined = []
  for await (const row of rows) {
    if (sample === undefined) {
      yield { row }
      continue
    }
    sample.push(row)
    if (sample.length < SAMPLE) continue
    yield* released(sample)
    sample = undefined
  }
  if (sample !== undefined) yield* released(sample)
}

function released(sample: readonly (readonly Cell[])[]) {
  return sample.map((row, i) => (i === 0 ? { row, sample } : { row }))
}

/** Its id is that of the file; where columns were chosen, that of its text, since the same file gives another one then. */
function wholeOf(draft: Draft, file: SourceFile, { mediaType, id }: TableSource): ExtractedDocument {
  const joined = joinBlocks(draft.blocks)
  const own = draft.isChosen ? documentIdOf(new TextEncoder().encode(joined.text)) : id()
  return {
    id: own,
    mediaType,
    bytes: file.blob.size,
    title: titleOf(file),
    ...joined,
    ...written(draft),
  }
}

/** Its id is that of its text: a table that grows at its end keeps the documents that it had. */
function partOf(draft: Draft, file: SourceFile, source: TableSource): ExtractedDocument {
  const joined = joinBlocks(draft.blocks)
  const bytes = new TextEncoder().encode(joined.text)
  const path = `${source.many.toLowerCase()} ${draft.first}–${draft.last}`
  const id = documentIdOf(bytes)
  const { mediaType } = source
  const title = `${titleOf(file)}, ${path}`
  return { id, mediaType, bytes: bytes.length, path, title, ...joined, ...written(draft) }
}

function written({ writtenAt }: Draft): { readonly writtenAt?: number } {
  return writtenAt === undefined ? {} : { writtenAt }
}

function titleOf(file: SourceFile): string {
  return shownName(file).replace(/^(.+)\.[^.]{1,12}$/, '$1')
}

function cutSentence(rows: number): string {
  return rows === 1
    ? 'One row is longer than a million characters; the rest of it is left out.'
    : `${rows} rows are longer than a million characters; the rest of them is left out.`
}
