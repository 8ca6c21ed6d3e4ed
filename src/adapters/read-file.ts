import { parseDocumentId } from '../core/document.ts'
import type { Extracted, ExtractedDocument, SourceFile } from '../core/ports.ts'
import { joinBlocks } from '../core/text/join-blocks.ts'
import { normaliseLine } from '../core/text/normalise-text.ts'
import { declaredCharset, decodeText } from './decode-text.ts'
import { fileKind, type FileKind } from './file-kind.ts'
import { readHtml } from './html-extractor.ts'
import { readLongText } from './long-text.ts'
import { readMarkdown } from './markdown-extractor.ts'
import { createSha256 } from './noble-sha256.ts'
import { readPlainText } from './plain-text-extractor.ts'
import type { Reading } from './reading.ts'
import { shorten, shownName, unreadable } from './unreadable-file.ts'

const MEBIBYTE = 1024 * 1024
const LARGEST_MEBIBYTES = 64
/** Plain text that is longer is read in parts. Bytes. */
const LONG = 8 * MEBIBYTE
const HEAD_BYTES = 65_536
const READS = 'Belfry reads plain text, Markdown and HTML so far.'

type Readable = Extract<FileKind, { mediaType: string }>

/** The documents of a file, one after the other. @throws UnreadableFile with a sentence. */
export async function* readFile(file: SourceFile): AsyncGenerator<Extracted> {
  if (file.blob.size === 0) throw unreadable(file, 'is empty: there is nothing in it to search.')
  const kind = fileKind(file.name, await bytesOf(file, HEAD_BYTES))
  if (kind.reader === undefined)
    throw unreadable(file, `is ${kind.description}. ${READS} The file was skipped.`)
  if (kind.reader === 'text' && file.blob.size > LONG) {
    yield* readLongText(file, kind.mediaType)
    return
  }
  if (file.blob.size > LARGEST_MEBIBYTES * MEBIBYTE) throw tooLarge(file)
  yield read(file, await bytesOf(file), kind)
}

function read(file: SourceFile, bytes: Uint8Array, kind: Readable): ExtractedDocument {
  const charset = kind.reader === 'html' ? declaredCharset(bytes) : undefined
  const source = decodeText(bytes, charset)
  if (isBlank(source)) throw unreadable(file, 'holds nothing but white space. The file was skipped.')
  const reading = readingOf(source, kind)
  const joined = joinBlocks(reading.blocks)
  if (isBlank(joined.text))
    throw unreadable(file, 'holds no text to read, only markup. The file was skipped.')
  const { authors, writtenAt, missing } = reading
  return {
    id: idOf(bytes),
    mediaType: kind.mediaType,
    bytes: bytes.length,
    title: titleOf(reading, file),
    ...joined,
    ...(authors === undefined ? {} : { authors }),
    ...(writtenAt === undefined ? {} : { writtenAt }),
    ...(missing === undefined ? {} : { missing }),
  }
}

function readingOf(source: string, kind: Readable): Reading {
  switch (kind.reader) {
    case 'html':
      return readHtml(source)
    case 'markdown':
      return readMarkdown(source)
    case 'text':
      return readPlainText(source)
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

function idOf(bytes: Uint8Array) {
  const hash = createSha256()
  hash.update(bytes)
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

function tooLarge(file: SourceFile): Error {
  const size = Math.ceil(file.blob.size / MEBIBYTE)
  const most = `Belfry reads files of this kind of up to ${LARGEST_MEBIBYTES} MB`
  return unreadable(file, `is ${size} MB large. ${most}. The file was skipped.`)
}
