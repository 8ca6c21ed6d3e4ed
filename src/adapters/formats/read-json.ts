import type { ExtractedDocument } from '../../core/ports/extractor.ts'
import type { SourceFile } from '../../core/ports/files.ts'
import { joinBlocks, type Block } from '../../core/text/join-blocks.ts'
import { decodeText } from '../decode-text.ts'
import { documentIdOf } from '../document-id.ts'
import { shownName, unreadable } from '../unreadable-file.ts'
import { flattenJson, isScalar } from './flatten-json.ts'
import { jsonBlocks } from './json-blocks.ts'
import { readJsonLines, readJsonLinesHead } from './read-json-lines.ts'
import type { TableHead } from '../../core/table.ts'
import type { Cell } from './table-columns.ts'
import { tableDocuments, tableHead, type TableOptions } from './table-documents.ts'

const MEBIBYTE = 1024 * 1024
/** JSON is parsed as a whole; the parsed form takes about ten times as much. */
const LARGEST_MEBIBYTES = 64
/** As many objects in a list are rows. */
const FEWEST_ROWS = 3

/**
 * JSON: a list of objects is a table of them, wherever in the upper two levels it stands; anything else is read by its
 * keys. What is no JSON is read as JSON Lines when it is that, else as the text that it is, and said so.
 * @throws UnreadableFile when it is too large, says nothing, or is moved or changed meanwhile.
 */
export async function* readJson(
  file: SourceFile,
  options: TableOptions = {},
): AsyncGenerator<ExtractedDocument> {
  const bytes = await bytesOf(file)
  const id = documentIdOf(bytes)
  const text = textOf(bytes)
  const value = parsed(text)
  if (value === undefined && isJsonLines(text)) return yield* readJsonLines(file, options)
  const rows = value === undefined ? undefined : rowsOf(value)
  if (rows !== undefined) {
    const named = { named: true, one: 'Entry', many: 'Entries' }
    const rest = { mediaType: 'application/json', id: () => id, missing: () => [] }
    return yield* tableDocuments(file, { ...named, ...rest, rows: streamed(rows) }, options)
  }
  yield wholeOf(file, bytes, id, value === undefined ? [{ text }] : jsonBlocks(value), value === undefined)
}

/** The beginning of the table in it; `undefined` where it is none. @throws UnreadableFile when it is too large, or gone. */
export async function readJsonHead(file: SourceFile): Promise<TableHead | undefined> {
  const text = textOf(await bytesOf(file))
  const value = parsed(text)
  if (value === undefined) return isJsonLines(text) ? readJsonLinesHead(file) : undefined
  const rows = rowsOf(value)
  return rows && tableHead(file, { rows: streamed(rows), named: true })
}

function textOf(bytes: Uint8Array): string {
  return decodeText(bytes).replace(/^\uFEFF/, '')
}

function wholeOf(
  file: SourceFile,
  bytes: Uint8Array,
  id: ExtractedDocument['id'],
  blocks: readonly Block[],
  isBroken: boolean,
): ExtractedDocument {
  const joined = joinBlocks(blocks)
  if (joined.text.trim() === '')
    throw unreadable(file, 'holds no words, only structure. The file was skipped.')
  const title = shownName(file).replace(/^(.+)\.[^.]{1,12}$/, '$1')
  const missing = isBroken ? { missing: ['The file is no valid JSON; it was read as plain text.'] } : {}
  return { id, mediaType: 'application/json', bytes: bytes.length, title, ...joined, ...missing }
}

/** `undefined` for what is no JSON. */
function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

function isJsonLines(text: string): boolean {
  const [first = '', second = ''] = text.trimStart().split('\n', 2)
  return /^\s*[{[]/.test(first) && parsed(first) !== undefined && parsed(second) !== undefined
}

/** The objects of the largest list, and in front of them what stands around it. */
function rowsOf(value: unknown): unknown[] | undefined {
  if (isTable(value)) return value
  if (isScalar(value) || Array.isArray(value)) return undefined
  const entries = Object.entries(value as object)
  const tables = entries.flatMap(([key, list]) => (isTable(list) ? [{ key, list }] : []))
  const [first, ...others] = tables.toSorted((a, b) => b.list.length - a.list.length)
  if (first === undefined || others.length > 0) return undefined
  const around = Object.fromEntries(entries.filter(([key]) => key !== first.key))
  return flattenJson(around).length === 0 ? first.list : [around, ...first.list]
}

function isTable(value: unknown): value is unknown[] {
  if (!Array.isArray(value) || value.length < FEWEST_ROWS) return false
  return value.every(row => !isScalar(row) && !Array.isArray(row))
}

async function* streamed(rows: readonly unknown[]): AsyncGenerator<readonly Cell[]> {
  for (const row of rows) yield flattenJson(row)
}

async function bytesOf(file: SourceFile): Promise<Uint8Array> {
  if (file.blob.size > LARGEST_MEBIBYTES * MEBIBYTE) throw tooLarge(file)
  try {
    return new Uint8Array(await file.blob.arrayBuffer())
  } catch (cause) {
    throw unreadable(file, 'could not be read: it may have been moved or changed. Add it again.', cause)
  }
}

function tooLarge(file: SourceFile): Error {
  const size = Math.ceil(file.blob.size / MEBIBYTE)
  return unreadable(
    file,
    `is ${size} MB large. Belfry reads JSON of up to ${LARGEST_MEBIBYTES} MB, and JSON Lines (.jsonl) of any size. The file was skipped.`,
  )
}
