import type { DocumentId } from '../../core/document.ts'
import type { ExtractedDocument } from '../../core/ports/extractor.ts'
import type { SourceFile } from '../../core/ports/files.ts'
import { joinBlocks, type Block } from '../../core/text/join-blocks.ts'
import { documentIdOf } from '../document-id.ts'
import { shownName, unreadable } from '../unreadable-file.ts'
import { createRowBlocks, type RowBlocks } from './row-blocks.ts'
import { columnsOf, type Cell } from './table-columns.ts'

/** Rows of one document, and UTF-16 units behind which it ends earlier. */
const ROWS = 500
const LETTERS = 1_000_000
/** Rows that are looked at before the first is written. */
const SAMPLE = 100

export interface TableOptions {
  /** Names of the columns that are read; all of them, where it is left out. */
  readonly columns?: readonly string[] | undefined
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
  for await (const draft of draftsOf(source, options, noteCut)) {
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

async function* draftsOf(
  source: TableSource,
  { columns }: TableOptions,
  noteCut: () => void,
): AsyncGenerator<Draft> {
  const wanted = columns === undefined ? undefined : new Set(columns)
  let blocks: RowBlocks | undefined
  let title: string | undefined
  let first = 1
  let number = 0
  const close = (): Draft[] => {
    const found = blocks?.finish() ?? []
    blocks = undefined
    return found.length === 0 ? [] : [{ first, last: number, blocks: found }]
  }
  for await (const { row, sample } of withSample(source.rows)) {
    if (sample !== undefined) title = columnsOf(sample).find(({ isTitle }) => isTitle)?.name
    if (blocks === undefined) first = number + 1
    blocks ??= createRowBlocks({ ...source, title })
    number++
    const cells = wanted === undefined ? row : row.filter(({ column }) => wanted.has(column))
    if (blocks.add(cells, number).cut) noteCut()
    if (number - first + 1 >= ROWS || blocks.letters() > LETTERS) yield* close()
  }
  yield* close()
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

function wholeOf({ blocks }: Draft, file: SourceFile, { mediaType, id }: TableSource): ExtractedDocument {
  return { id: id(), mediaType, bytes: file.blob.size, title: titleOf(file), ...joinBlocks(blocks) }
}

/** Its id is that of its text: a table that grows at its end keeps the documents that it had. */
function partOf({ first, last, blocks }: Draft, file: SourceFile, source: TableSource): ExtractedDocument {
  const joined = joinBlocks(blocks)
  const bytes = new TextEncoder().encode(joined.text)
  const path = `${source.many.toLowerCase()} ${first}–${last}`
  const id = documentIdOf(bytes)
  const { mediaType } = source
  return { id, mediaType, bytes: bytes.length, path, title: `${titleOf(file)}, ${path}`, ...joined }
}

function titleOf(file: SourceFile): string {
  return shownName(file).replace(/^(.+)\.[^.]{1,12}$/, '$1')
}

function cutSentence(rows: number): string {
  return rows === 1
    ? 'One row is longer than a million characters; the rest of it is left out.'
    : `${rows} rows are longer than a million characters; the rest of them is left out.`
}
