import { parseDocumentId } from '../core/document.ts'
import { failure } from '../core/errors.ts'
import type { ExtractedFile, Extractor, SourceFile } from '../core/ports.ts'
import { joinBlocks } from '../core/text/join-blocks.ts'
import { normaliseLine } from '../core/text/normalise-text.ts'
import { declaredCharset, decodeText } from './decode-text.ts'
import { fileKind, type FileKind } from './file-kind.ts'
import { readHtml } from './html-extractor.ts'
import type { Reading } from './reading.ts'
import { readMarkdown } from './markdown-extractor.ts'
import { createSha256 } from './noble-sha256.ts'
import { readPlainText } from './plain-text-extractor.ts'

const MEBIBYTE = 1024 * 1024
const LARGEST_MEBIBYTES = 64
const LONGEST_TITLE = 200
const READS = 'Belfry reads plain text, Markdown and HTML so far.'

type Readable = Extract<FileKind, { mediaType: string }>

/** Reads plain text, Markdown and HTML. Needs no DOM: runs in a worker and in Node. */
export function createTextExtractor(): Extractor {
  return {
    async extract(file) {
      if (file.blob.size > LARGEST_MEBIBYTES * MEBIBYTE) throw tooLarge(file)
      const bytes = await bytesOf(file)
      if (bytes.length === 0) throw unreadable(file, 'is empty: there is nothing in it to search.')
      const kind = fileKind(file.name, bytes)
      if (kind.reader === undefined) {
        throw unreadable(file, `is ${kind.description}. ${READS} The file was skipped.`)
      }
      return read(file, bytes, kind)
    },
  }
}

function read(file: SourceFile, bytes: Uint8Array, kind: Readable): ExtractedFile {
  const charset = kind.reader === 'html' ? declaredCharset(bytes) : undefined
  const source = decodeText(bytes, charset)
  if (isBlank(source)) throw unreadable(file, 'holds nothing but white space. The file was skipped.')
  const reading = readingOf(source, kind)
  const { text, headings } = joinBlocks(reading.blocks)
  if (isBlank(text)) throw unreadable(file, 'holds no text to read, only markup. The file was skipped.')
  return { id: idOf(bytes), mediaType: kind.mediaType, title: titleOf(reading, file), text, headings }
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

async function bytesOf(file: SourceFile): Promise<Uint8Array> {
  try {
    return new Uint8Array(await file.blob.arrayBuffer())
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
  const title = shorten(normaliseLine((reading.title ?? '').slice(0, 10 * LONGEST_TITLE)))
  if (title !== '') return title
  const name = shownName(file)
  return name.replace(/^(.+)\.[^.]{1,12}$/, '$1')
}

/** A name may hide its end behind direction marks, hold line ends, or go on for ever. */
function shownName(file: SourceFile): string {
  return shorten(normaliseLine(file.name)) || 'Untitled'
}

function shorten(text: string): string {
  if (text.length <= LONGEST_TITLE) return text
  return `${text.slice(0, LONGEST_TITLE).replace(/[\uD800-\uDBFF]$/, '')}…`
}

function isBlank(text: string): boolean {
  return !/[^\s\p{Cc}\u200B\uFEFF\u00AD]/u.test(text)
}

function tooLarge(file: SourceFile): Error {
  const size = Math.ceil(file.blob.size / MEBIBYTE)
  return unreadable(
    file,
    `is ${size} MB large. Belfry reads files of up to ${LARGEST_MEBIBYTES} MB. The file was skipped.`,
  )
}

function unreadable(file: SourceFile, what: string, cause?: unknown): Error {
  return failure('UnreadableFile', `\`${shownName(file)}\` ${what}`, cause)
}
