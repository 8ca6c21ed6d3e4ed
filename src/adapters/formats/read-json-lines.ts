import { parseDocumentId } from '../../core/document.ts'
import type { ExtractedDocument } from '../../core/ports/extractor.ts'
import type { SourceFile } from '../../core/ports/files.ts'
import { createSha256 } from '../noble-sha256.ts'
import { streamText } from '../stream-text.ts'
import { flattenJson } from './flatten-json.ts'
import type { TableHead } from '../../core/table.ts'
import type { Cell } from './table-columns.ts'
import { tableDocuments, tableHead, type TableOptions } from './table-documents.ts'

/** UTF-16 units; a longer line is read in pieces, as text. */
const LONGEST_LINE = 16_000_000

/**
 * An object in each line (JSON Lines, NDJSON), of any length: each is a row with its keys for columns. A line that is no
 * JSON is read as the text that it is, and said so.
 * @throws UnreadableFile when no line says anything, or the file is moved or changed meanwhile.
 */
export async function* readJsonLines(
  file: SourceFile,
  options: TableOptions = {},
): AsyncGenerator<ExtractedDocument> {
  const hash = createSha256()
  const broken = { count: 0, first: 0 }
  const source = {
    mediaType: 'application/x-ndjson',
    rows: rowsOf(
      streamText(file, bytes => hash.update(bytes)),
      broken,
    ),
    named: true,
    one: 'Entry',
    many: 'Entries',
    id: () => parseDocumentId(hash.digest()),
    missing: () => brokenSentence(broken),
  }
  yield* tableDocuments(file, source, options)
}

/** The beginning of such a file. @throws UnreadableFile when it is moved or changed meanwhile. */
export async function readJsonLinesHead(file: SourceFile): Promise<TableHead> {
  return tableHead(file, { rows: rowsOf(streamText(file), { count: 0, first: 0 }), named: true })
}

interface BrokenLines {
  count: number
  /** Number of the first line, from 1. */
  first: number
}

async function* rowsOf(pieces: AsyncIterable<string>, broken: BrokenLines): AsyncGenerator<readonly Cell[]> {
  let number = 0
  for await (const line of linesOf(pieces)) {
    number++
    if (line.trim() === '') continue
    const cells = cellsOf(line)
    if (cells === undefined && broken.count++ === 0) broken.first = number
    yield cells ?? [{ column: 'text', text: line }]
  }
}

async function* linesOf(pieces: AsyncIterable<string>): AsyncGenerator<string> {
  let waiting = ''
  for await (const piece of pieces) {
    const lines = piece.split('\n')
    lines[0] = waiting + (lines[0] ?? '')
    waiting = lines.pop() ?? ''
    yield* lines
    if (waiting.length > LONGEST_LINE) {
      yield waiting
      waiting = ''
    }
  }
  yield waiting
}

function cellsOf(line: string): Cell[] | undefined {
  try {
    return flattenJson(JSON.parse(line))
  } catch {
    return undefined
  }
}

function brokenSentence({ count, first }: BrokenLines): string[] {
  if (count === 0) return []
  return count === 1
    ? [`Line ${first} is no JSON; it was read as text.`]
    : [`${count} lines are no JSON (the first of them is line ${first}); they were read as text.`]
}
