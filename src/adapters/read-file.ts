import { parseDocumentId } from '../core/document.ts'
import { codeOf, messageOf } from '../core/errors.ts'
import type { Extracted, ExtractedDocument, UnreadablePart } from '../core/ports/extractor.ts'
import type { SourceFile } from '../core/ports/files.ts'
import { joinBlocks } from '../core/text/join-blocks.ts'
import type { TableChoice } from '../core/table.ts'
import { normaliseLine } from '../core/text/normalise-text.ts'
import { documentIdOf } from './document-id.ts'
import { fileKind, isStream } from './file-kind.ts'
import {
  type DocumentReading,
  FORMAT_READERS,
  readPackage,
  type SingleReader,
  streamReader,
} from './format-readers.ts'
import { readLongText } from './long-text.ts'
import { createSha256 } from './noble-sha256.ts'
import type { InnerFile, Reading } from './reading.ts'
import { shorten, shownName, unreadable } from './unreadable-file.ts'

const MEBIBYTE = 1024 * 1024
/** Plain text that is longer is read in parts. Bytes. */
const LONG = 8 * MEBIBYTE
const HEAD_BYTES = 65_536
/** Files in files, a message in a mailbox in an archive and so on. */
const DEEPEST = 5
/** Office documents read what they need of their file; what they hold is bounded by their archive's limits. */
const LARGEST_PACKAGE = 1024

/** For files inside a file. */
interface Inner {
  readonly choices: readonly TableChoice[]
  /** In how many files the present one lies. */
  readonly depth: number
}

/** The documents of a file, one after the other. @throws UnreadableFile with a sentence. */
export async function* readFile(
  file: SourceFile,
  choices: readonly TableChoice[] = [],
  depth = 1,
): AsyncGenerator<Extracted> {
  if (file.blob.size === 0) throw unreadable(file, 'is empty: there is nothing in it to search.')
  const kind = fileKind(file.name, await bytesOf(file, HEAD_BYTES))
  const inner = { choices, depth }
  if (kind.reader === undefined) {
    throw unreadable(file, `is ${kind.description}, which Belfry does not read. The file was skipped.`)
  }
  if (kind.reader === 'archive') yield* readArchive(file, kind.mediaType, inner)
  else if (kind.reader === 'mbox') yield* readMailbox(file, inner)
  else if (kind.reader === 'text' && file.blob.size > LONG) yield* readLongText(file, kind.mediaType)
  else if (isStream(kind.reader)) yield* (await streamReader(kind.reader))(file, { choices })
  else yield* readDocument(file, kind.reader, kind.mediaType, inner)
}

async function* readMailbox(file: SourceFile, inner: Inner): AsyncGenerator<Extracted> {
  const { readMbox } = await import('./formats/mbox.ts')
  yield* readParts(readMbox(file.blob), inner)
}

async function* readDocument(
  file: SourceFile,
  reader: SingleReader,
  mediaType: string,
  inner: Inner,
): AsyncGenerator<Extracted> {
  const { mebibytes, read } = FORMAT_READERS[reader]
  expectSize(file, mebibytes)
  const bytes = await bytesOf(file)
  const found = await named(file, () => read(bytes, file.name))
  yield documentOf(file, found, { mediaType, id: documentIdOf(bytes) })
  yield* readParts(found.files ?? [], inner)
}

async function* readArchive(file: SourceFile, mediaType: string, inner: Inner): AsyncGenerator<Extracted> {
  expectSize(file, LARGEST_PACKAGE)
  const reading = await named(file, () => readPackage(file.blob))
  if (reading !== undefined) {
    yield documentOf(file, { reading }, { mediaType, id: await idOfFile(file) })
    return
  }
  const { zipEntries } = await import('./formats/zip-entries.ts')
  yield* readParts(zipEntries(file.blob), inner)
}

/** Each file in a file as if it had been dropped by itself; what of them cannot be read is told, and the next goes on. */
async function* readParts(
  files: AsyncIterable<InnerFile | UnreadablePart> | Iterable<InnerFile | UnreadablePart>,
  inner: Inner,
): AsyncGenerator<Extracted> {
  for await (const part of files) {
    if ('reason' in part) yield part
    else if (inner.depth >= DEEPEST)
      yield { path: part.path, reason: `“${part.path}” lies in ${inner.depth} files.` }
    else yield* readPart(part, inner)
  }
}

async function* readPart(
  { path, modifiedAt, bytes }: InnerFile,
  { choices, depth }: Inner,
): AsyncGenerator<Extracted> {
  const name = path.slice(path.lastIndexOf('/') + 1)
  const file = { name, path, modifiedAt: modifiedAt ?? 0, blob: new Blob([bytes]) }
  try {
    for await (const part of readFile(file, choices, depth + 1)) {
      const whole = part.path === undefined ? path : `${path}/${part.path}`
      yield { ...(modifiedAt === undefined ? {} : { modifiedAt }), ...part, path: whole }
    }
  } catch (error) {
    if (codeOf(error) !== 'UnreadableFile') throw error
    yield { path, reason: messageOf(error) }
  }
}

function documentOf(
  file: SourceFile,
  { reading }: DocumentReading,
  known: Pick<ExtractedDocument, 'id' | 'mediaType'>,
): ExtractedDocument {
  const joined = joinBlocks(reading.blocks)
  if (isBlank(joined.text)) {
    throw unreadable(file, 'holds no text: there is nothing in it to search. The file was skipped.')
  }
  const { authors, writtenAt, missing } = reading
  return {
    ...known,
    bytes: file.blob.size,
    title: titleOf(reading, file),
    ...joined,
    ...(authors === undefined ? {} : { authors }),
    ...(writtenAt === undefined ? {} : { writtenAt }),
    ...(missing === undefined ? {} : { missing }),
  }
}

/** Runs a reader, whose sentences do not say which file they are about. */
async function named<T>(file: SourceFile, read: () => Promise<T>): Promise<T> {
  try {
    return await read()
  } catch (error) {
    if (codeOf(error) !== 'UnreadableFile') throw error
    throw unreadable(file, `could not be read. ${messageOf(error)}`, error)
  }
}

/** All bytes, or the first. */
async function bytesOf(file: SourceFile, most?: number): Promise<Uint8Array<ArrayBuffer>> {
  try {
    const blob = most === undefined ? file.blob : file.blob.slice(0, most)
    return new Uint8Array(await blob.arrayBuffer())
  } catch (cause) {
    // The browser refuses a file that was changed, moved or deleted after it was dropped.
    throw unreadable(file, 'could not be read: it may have been moved or changed. Add it again.', cause)
  }
}

/** Of a file that need not be in memory whole. */
async function idOfFile({ blob }: SourceFile) {
  const hash = createSha256()
  const slice = 4 * MEBIBYTE
  for (let start = 0; start < blob.size; start += slice) {
    hash.update(new Uint8Array(await blob.slice(start, Math.min(start + slice, blob.size)).arrayBuffer()))
  }
  return parseDocumentId(hash.digest())
}

/** Falls back to the file's name without its extension. */
function titleOf(reading: Reading, file: SourceFile): string {
  const title = shorten(normaliseLine((reading.title ?? '').slice(0, 2000)))
  if (title !== '') return title
  return shownName(file).replace(/^(.+)\.[^.]{1,12}$/, '$1')
}

function isBlank(text: string): boolean {
  return !/[^\s\p{Cc}\u200B\uFEFF\u00AD]/u.test(text)
}

function expectSize(file: SourceFile, mebibytes: number): void {
  if (file.blob.size <= mebibytes * MEBIBYTE) return
  const size = Math.ceil(file.blob.size / MEBIBYTE)
  const most = `Belfry reads files of this kind of up to ${mebibytes} MB`
  throw unreadable(file, `is ${size} MB large. ${most}. The file was skipped.`)
}
