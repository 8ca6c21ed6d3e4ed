import { parseDocumentId } from '../../core/document.ts'
import type { ExtractedDocument } from '../../core/ports/extractor.ts'
import type { SourceFile } from '../../core/ports/files.ts'
import { createSha256 } from '../noble-sha256.ts'
import { streamText } from '../stream-text.ts'
import { createCsvRows, LONGEST_FIELD, type CsvRows } from './csv-rows.ts'
import { csvShape, type CsvShape } from './csv-shape.ts'
import type { TableHead } from '../../core/table.ts'
import type { Cell } from './table-columns.ts'
import { tableDocuments, tableHead, type TableOptions } from './table-documents.ts'

/**
 * A table of delimited text (CSV, TSV), of any length: it is read in slices, and the delimiter, the encoding and whether
 * the first row names the columns are told from its beginning.
 * @throws UnreadableFile when no row says anything, or the file is moved or changed meanwhile.
 */
export async function* readTable(
  file: SourceFile,
  options: TableOptions = {},
): AsyncGenerator<ExtractedDocument> {
  const hash = createSha256()
  const [first, pieces] = await firstOf(streamText(file, bytes => hash.update(bytes)))
  const shape = csvShape(first, delimiterOf(file))
  const reader = createCsvRows(shape.delimiter)
  const source = {
    mediaType: shape.delimiter === '\t' ? 'text/tab-separated-values' : 'text/csv',
    rows: rowsOf(pieces, shape, reader),
    named: shape.hasHeader,
    one: 'Row',
    many: 'Rows',
    id: () => parseDocumentId(hash.digest()),
    missing: () => missingOf(reader),
  }
  yield* tableDocuments(file, source, options)
}

/** The beginning of such a table. @throws UnreadableFile when the file is moved or changed meanwhile. */
export async function readTableHead(file: SourceFile): Promise<TableHead> {
  const [first, pieces] = await firstOf(streamText(file))
  const shape = csvShape(first, delimiterOf(file))
  const rows = rowsOf(pieces, shape, createCsvRows(shape.delimiter))
  return tableHead(file, { rows, named: shape.hasHeader })
}

/** The first piece, and all pieces with it. */
async function firstOf(
  pieces: AsyncGenerator<string>,
): Promise<[first: string, all: AsyncGenerator<string>]> {
  const first = await pieces.next()
  const text = first.done === true ? '' : first.value
  return [text, again(text, pieces)]
}

async function* again(first: string, others: AsyncGenerator<string>): AsyncGenerator<string> {
  yield first
  yield* others
}

async function* rowsOf(
  pieces: AsyncIterable<string>,
  { skip, hasHeader, names }: CsvShape,
  reader: CsvRows,
): AsyncGenerator<readonly Cell[]> {
  let drop = hasHeader ? 1 : 0
  let start = skip
  for await (const piece of pieces) {
    for (const row of reader.write(piece.slice(start))) if (drop-- <= 0) yield cellsOf(row, names)
    start = 0
  }
  for (const row of reader.end()) if (drop-- <= 0) yield cellsOf(row, names)
}

function cellsOf(row: readonly string[], names: readonly string[]): Cell[] {
  return row.map((text, i) => ({ column: names[i] ?? `Column ${i + 1}`, text }))
}

function delimiterOf({ name }: SourceFile): string | undefined {
  return /\.(?:tsv|tab)$/i.test(name) ? '\t' : undefined
}

function missingOf(reader: CsvRows): string[] {
  const row = reader.broken()
  if (row === undefined) return []
  const most = LONGEST_FIELD.toLocaleString('en')
  return [
    `Line ${row} of the table is damaged: a quotation mark is not closed, or a value has more than ${most} characters.`,
  ]
}
