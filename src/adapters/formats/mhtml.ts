import { failure } from '../../core/errors.ts'
import { declaredCharset, decodeText } from '../decode-text.ts'
import { readHtml } from '../html-extractor.ts'
import type { Reading } from '../reading.ts'
import { base64Bytes, binaryString, bytesOfBinary, quotedPrintableBytes } from './transfer-encoding.ts'

/** Parts of a page: pictures, styles, frames. */
const MOST_PARTS = 10_000

/**
 * Reads a page that a browser saved in one file (MHTML, RFC 2557): the text of its root, and nothing of the pictures and
 * styles beside it.
 * @throws UnreadableFile when there is no page in it
 */
export function readMhtml(bytes: Uint8Array): Reading {
  const file = binaryString(bytes)
  const head = headersOf(file)
  const parts = partsOf(file, parameter(head.get('content-type'), 'boundary'))
  const pages = parts.filter(part =>
    /^(?:text\/html|application\/xhtml\+xml)/i.test(part.headers.get('content-type') ?? ''),
  )
  const start = parameter(head.get('content-type'), 'start')
  const root = pages.find(part => start !== undefined && part.headers.get('content-id') === start) ?? pages[0]
  if (root === undefined) {
    throw failure('UnreadableFile', 'This saved web page is damaged: there is no page in it.')
  }
  const page = contentOf(root)
  const charset =
    parameter(root.headers.get('content-type'), 'charset')?.toLowerCase() ?? declaredCharset(page)
  return readHtml(decodeText(page, charset))
}

interface Part {
  readonly headers: ReadonlyMap<string, string>
  readonly body: string
}

/** A file without a boundary is one part. */
function partsOf(file: string, boundary: string | undefined): Part[] {
  if (boundary === undefined || boundary === '') return [partOf(file)]
  const pieces = file.split(`--${boundary}`, MOST_PARTS)
  return pieces
    .slice(1)
    .flatMap(piece => (piece.startsWith('--') ? [] : [partOf(piece.replace(/^[ \t]*\r?\n/, ''))]))
}

function partOf(text: string): Part {
  const end = /\r?\n\r?\n/.exec(text)
  if (end === null) return { headers: new Map(), body: text }
  return { headers: headersOf(text), body: text.slice(end.index + end[0].length) }
}

/** By name in lower case, unfolded. */
function headersOf(text: string): Map<string, string> {
  const end = text.slice(0, 65_536).search(/\r?\n\r?\n/)
  const head = text.slice(0, end < 0 ? 0 : end).replace(/\r?\n[ \t]+/g, ' ')
  const headers = new Map<string, string>()
  for (const line of head.split(/\r?\n/)) {
    const colon = line.indexOf(':')
    if (colon > 0) headers.set(line.slice(0, colon).trim().toLowerCase(), line.slice(colon + 1).trim())
  }
  return headers
}

/** `boundary` of `multipart/related; boundary="…"`. */
function parameter(header: string | undefined, name: string): string | undefined {
  const match = new RegExp(`;\\s*${name}\\s*=\\s*(?:"([^"]*)"|([^\\s;]+))`, 'i').exec(header ?? '')
  return match?.[1] ?? match?.[2]
}

function contentOf({ headers, body }: Part): Uint8Array<ArrayBuffer> {
  const encoding = (headers.get('content-transfer-encoding') ?? '').toLowerCase()
  if (encoding === 'base64') return base64Bytes(body)
  return encoding === 'quoted-printable' ? quotedPrintableBytes(body) : bytesOfBinary(body)
}
