import { utf16Of } from './decode-text.ts'

/** How a file is read; or in words, with an article, what it is when it cannot be. */
export type FileKind =
  | { readonly reader: 'text' | 'markdown' | 'html'; readonly mediaType: string }
  | { readonly reader: undefined; readonly description: string }

const READABLE: Readonly<Record<string, FileKind>> = {
  txt: { reader: 'text', mediaType: 'text/plain' },
  text: { reader: 'text', mediaType: 'text/plain' },
  log: { reader: 'text', mediaType: 'text/plain' },
  md: { reader: 'markdown', mediaType: 'text/markdown' },
  markdown: { reader: 'markdown', mediaType: 'text/markdown' },
  mdown: { reader: 'markdown', mediaType: 'text/markdown' },
  html: { reader: 'html', mediaType: 'text/html' },
  htm: { reader: 'html', mediaType: 'text/html' },
  xhtml: { reader: 'html', mediaType: 'application/xhtml+xml' },
}

const BY_EXTENSION: readonly (readonly [extensions: string, description: string])[] = [
  ['pdf', 'a PDF'],
  ['doc docx odt rtf pages', 'a word processor document'],
  ['xls xlsx ods numbers', 'a spreadsheet'],
  ['ppt pptx odp key', 'a presentation'],
  ['epub mobi azw3', 'an electronic book'],
  ['jpg jpeg png gif webp bmp tif tiff heic avif ico svg psd', 'an image'],
  ['mp3 wav flac ogg m4a aac opus', 'a sound recording'],
  ['mp4 mov avi mkv webm m4v', 'a video'],
  ['zip 7z rar gz tgz bz2 xz zst tar', 'an archive'],
  ['exe dll so dylib bin msi apk wasm dmg iso', 'a program'],
  ['woff woff2 ttf otf', 'a font'],
  ['sqlite db', 'a database'],
]

/** First bytes, as Latin-1. */
const BY_SIGNATURE: readonly (readonly [signature: string, description: string])[] = [
  ['%PDF-', 'a PDF'],
  ['{\\rtf', 'a word processor document'],
  ['PK\x03\x04', 'an archive'],
  ['\xD0\xCF\x11\xE0', 'an office document'],
  ['\x89PNG', 'an image'],
  ['\xFF\xD8\xFF', 'an image'],
  ['GIF8', 'an image'],
  ['RIFF', 'a recording or an image'],
  ['ID3', 'a sound recording'],
  ['OggS', 'a sound recording'],
  ['\x1F\x8B', 'an archive'],
  ['7z\xBC\xAF', 'an archive'],
  ['Rar!', 'an archive'],
  ['\x7FELF', 'a program'],
  ['MZ\x90', 'a program'],
  ['\0asm', 'a program'],
  ['SQLite format', 'a database'],
]

const SAMPLE_BYTES = 65_536

/** Decides by the first bytes, then by the extension, then by whether it is plainly text. */
export function fileKind(name: string, bytes: Uint8Array): FileKind {
  const extension = /\.([^./\\]+)$/.exec(name)?.[1]?.toLowerCase() ?? ''
  const named = find(BY_EXTENSION, ([extensions]) => extensions.split(' ').includes(extension))
  const head = latin1(bytes.subarray(0, 512))
  const signed = find(BY_SIGNATURE, ([signature]) => head.startsWith(signature))
  if (signed !== undefined) return { reader: undefined, description: named ?? signed }
  const known = Object.hasOwn(READABLE, extension) ? READABLE[extension] : undefined
  if (known !== undefined) return isText(bytes, 0.1) ? known : { reader: undefined, description: 'not text' }
  if (named !== undefined) return { reader: undefined, description: named }
  if (!isText(bytes, 0)) return { reader: undefined, description: 'not text' }
  const isPage = /^\s*(?:\xEF\xBB\xBF)?(?:<!doctype html|<html[\s>])/i.test(head)
  return { reader: isPage ? 'html' : 'text', mediaType: isPage ? 'text/html' : 'text/plain' }
}

function find(
  list: readonly (readonly [string, string])[],
  wanted: (row: readonly [string, string]) => boolean,
): string | undefined {
  return list.find(wanted)?.[1]
}

/** Whether at most this share of the first bytes is control characters that no text holds. */
function isText(bytes: Uint8Array, share: number): boolean {
  if (utf16Of(bytes) !== undefined) return true
  const sample = bytes.subarray(0, SAMPLE_BYTES)
  let controls = 0
  // Escape is allowed: logs hold colours.
  for (const byte of sample)
    if (byte < 9 || (byte > 13 && byte < 32 && byte !== 27) || byte === 127) controls++
  return controls <= sample.length * share
}

function latin1(bytes: Uint8Array): string {
  return String.fromCharCode(...bytes)
}
