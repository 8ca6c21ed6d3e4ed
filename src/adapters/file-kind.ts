import { utf16Of } from './decode-text.ts'
import { codeLanguage } from './formats/code-languages.ts'

/** Who reads a file: `archive` looks whether it is a document of an office program, a book, or a plain archive. */
export type ReaderName =
  | 'text'
  | 'markdown'
  | 'html'
  | 'pdf'
  | 'rtf'
  | 'eml'
  | 'mbox'
  | 'mhtml'
  | 'archive'
  | 'image'
  | StreamReader
  | SourceReader

/** Of data that goes on and on: a document of some hundred rows after the other. */
export type StreamReader = 'table' | 'json-lines' | 'json'

/** Whether it is a reader of such data. */
export function isStream(reader: ReaderName): reader is StreamReader {
  return reader === 'table' || reader === 'json-lines' || reader === 'json'
}

/** Of text with a form of its own. */
export type SourceReader =
  | 'code'
  | 'notebook'
  | 'subtitles'
  | 'calendar'
  | 'contacts'
  | 'bib'
  | 'po'
  | 'org'
  | 'rst'
  | 'tex'
  | 'yaml'
  | 'ini'
  | 'xml'
  | 'svg'

/** How a file is read; or in words, with an article, what it is when it cannot be. */
export type FileKind =
  | { readonly reader: ReaderName; readonly mediaType: string }
  | { readonly reader: undefined; readonly description: string }

type Readable = Extract<FileKind, { mediaType: string }>

const OPEN_XML = 'application/vnd.openxmlformats-officedocument'
const OPEN_DOCUMENT = 'application/vnd.oasis.opendocument'

/** Text of some kind. */
const TEXTS: Readonly<Record<string, Readable>> = {
  txt: { reader: 'text', mediaType: 'text/plain' },
  text: { reader: 'text', mediaType: 'text/plain' },
  log: { reader: 'text', mediaType: 'text/plain' },
  md: { reader: 'markdown', mediaType: 'text/markdown' },
  markdown: { reader: 'markdown', mediaType: 'text/markdown' },
  mdown: { reader: 'markdown', mediaType: 'text/markdown' },
  html: { reader: 'html', mediaType: 'text/html' },
  htm: { reader: 'html', mediaType: 'text/html' },
  xhtml: { reader: 'html', mediaType: 'application/xhtml+xml' },
  eml: { reader: 'eml', mediaType: 'message/rfc822' },
  mbox: { reader: 'mbox', mediaType: 'application/mbox' },
  mbx: { reader: 'mbox', mediaType: 'application/mbox' },
  mhtml: { reader: 'mhtml', mediaType: 'multipart/related' },
  mht: { reader: 'mhtml', mediaType: 'multipart/related' },
  csv: { reader: 'table', mediaType: 'text/csv' },
  tsv: { reader: 'table', mediaType: 'text/tab-separated-values' },
  tab: { reader: 'table', mediaType: 'text/tab-separated-values' },
  jsonl: { reader: 'json-lines', mediaType: 'application/x-ndjson' },
  ndjson: { reader: 'json-lines', mediaType: 'application/x-ndjson' },
  json: { reader: 'json', mediaType: 'application/json' },
  geojson: { reader: 'json', mediaType: 'application/geo+json' },
  ipynb: { reader: 'notebook', mediaType: 'application/x-ipynb+json' },
  srt: { reader: 'subtitles', mediaType: 'application/x-subrip' },
  vtt: { reader: 'subtitles', mediaType: 'text/vtt' },
  ass: { reader: 'subtitles', mediaType: 'text/x-ssa' },
  ssa: { reader: 'subtitles', mediaType: 'text/x-ssa' },
  sbv: { reader: 'subtitles', mediaType: 'text/x-sbv' },
  ics: { reader: 'calendar', mediaType: 'text/calendar' },
  vcf: { reader: 'contacts', mediaType: 'text/vcard' },
  bib: { reader: 'bib', mediaType: 'application/x-bibtex' },
  po: { reader: 'po', mediaType: 'text/x-gettext-translation' },
  org: { reader: 'org', mediaType: 'text/org' },
  rst: { reader: 'rst', mediaType: 'text/x-rst' },
  tex: { reader: 'tex', mediaType: 'text/x-tex' },
  yaml: { reader: 'yaml', mediaType: 'application/yaml' },
  yml: { reader: 'yaml', mediaType: 'application/yaml' },
  toml: { reader: 'ini', mediaType: 'application/toml' },
  ini: { reader: 'ini', mediaType: 'text/plain' },
  cfg: { reader: 'ini', mediaType: 'text/plain' },
  conf: { reader: 'ini', mediaType: 'text/plain' },
  properties: { reader: 'ini', mediaType: 'text/plain' },
  xml: { reader: 'xml', mediaType: 'application/xml' },
  rss: { reader: 'xml', mediaType: 'application/rss+xml' },
  atom: { reader: 'xml', mediaType: 'application/atom+xml' },
  opml: { reader: 'xml', mediaType: 'text/x-opml' },
  kml: { reader: 'xml', mediaType: 'application/vnd.google-earth.kml+xml' },
  gpx: { reader: 'xml', mediaType: 'application/gpx+xml' },
  svg: { reader: 'svg', mediaType: 'image/svg+xml' },
}

/** Pictures, of which the words that were written into them are read. */
const IMAGES: Readonly<Record<string, string>> = {
  jpg: 'image/jpeg',
  jpeg: 'image/jpeg',
  png: 'image/png',
  webp: 'image/webp',
  gif: 'image/gif',
  tif: 'image/tiff',
  tiff: 'image/tiff',
  heic: 'image/heic',
  heif: 'image/heif',
  avif: 'image/avif',
}
/** What files of these kinds begin with, as Latin-1. */
const IMAGE_HEAD =
  /^(?:\x89PNG|\xFF\xD8\xFF|GIF8|RIFF[^]{4}WEBP|II\*\0|MM\0\*|[^]{4}ftyp(?:hei|hev|mif|msf|avi))/

const PDF: Readable = { reader: 'pdf', mediaType: 'application/pdf' }
const RTF: Readable = { reader: 'rtf', mediaType: 'application/rtf' }
const ZIP: Readable = { reader: 'archive', mediaType: 'application/zip' }

/** Of archives, and of what they hold. */
const ARCHIVES: Readonly<Record<string, string>> = {
  docx: `${OPEN_XML}.wordprocessingml.document`,
  dotx: `${OPEN_XML}.wordprocessingml.template`,
  docm: 'application/vnd.ms-word.document.macroenabled.12',
  xlsx: `${OPEN_XML}.spreadsheetml.sheet`,
  xlsm: 'application/vnd.ms-excel.sheet.macroenabled.12',
  pptx: `${OPEN_XML}.presentationml.presentation`,
  ppsx: `${OPEN_XML}.presentationml.slideshow`,
  odt: `${OPEN_DOCUMENT}.text`,
  ods: `${OPEN_DOCUMENT}.spreadsheet`,
  odp: `${OPEN_DOCUMENT}.presentation`,
  epub: 'application/epub+zip',
}

/** First bytes, as Latin-1, of what can be read, whatever its name. */
const SIGNED: readonly (readonly [signature: string, kind: Readable])[] = [
  ['%PDF-', PDF],
  ['{\\rtf', RTF],
  ['PK\x03\x04', ZIP],
  ['PK\x05\x06', ZIP],
  // Older office documents, and newer ones with a password: their reader says which.
  ['\xD0\xCF\x11\xE0', ZIP],
]

const BY_EXTENSION: readonly (readonly [extensions: string, description: string])[] = [
  ['doc docx odt rtf pages', 'a word processor document'],
  ['xls xlsx ods numbers', 'a spreadsheet'],
  ['ppt pptx odp key', 'a presentation'],
  ['epub mobi azw3', 'an electronic book'],
  ['pdf', 'something else than a PDF'],
  ['bmp ico psd', 'an image'],
  ['jpg jpeg png gif webp tif tiff heic heif avif', 'something else than an image'],
  ['mp3 wav flac ogg m4a aac opus', 'a sound recording'],
  ['mp4 mov avi mkv webm m4v', 'a video'],
  ['zip 7z rar gz tgz bz2 xz zst tar', 'an archive'],
  ['exe dll so dylib bin msi apk wasm dmg iso', 'a program'],
  ['woff woff2 ttf otf', 'a font'],
  ['sqlite db', 'a database'],
]

/** First bytes, as Latin-1. */
const BY_SIGNATURE: readonly (readonly [signature: string, description: string])[] = [
  ['RIFF', 'a recording'],
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

/** Extensions, without their dot, of files that can be read, and the type of each. */
export function readableTypes(): ReadonlyMap<string, string> {
  const texts = Object.entries(TEXTS).map(([extension, { mediaType }]) => [extension, mediaType] as const)
  const others = [PDF, RTF, ZIP].map(({ mediaType }) => [mediaType.replace(/^.*\//, ''), mediaType] as const)
  return new Map([...texts, ...others, ...Object.entries(ARCHIVES)])
}

const SAMPLE_BYTES = 65_536

/** Decides by the first bytes, then by the extension, then by whether it is plainly text. */
export function fileKind(name: string, bytes: Uint8Array): FileKind {
  const extension = /\.([^./\\]+)$/.exec(name)?.[1]?.toLowerCase() ?? ''
  const named = find(BY_EXTENSION, ([extensions]) => extensions.split(' ').includes(extension))
  const head = latin1(bytes.subarray(0, 512))
  const signed = SIGNED.find(([signature]) => head.trimStart().startsWith(signature))?.[1]
  if (signed !== undefined) return namedKind(signed, extension)
  if (IMAGE_HEAD.test(head)) return { reader: 'image', mediaType: IMAGES[extension] ?? 'image/*' }
  const foreign = find(BY_SIGNATURE, ([signature]) => head.startsWith(signature))
  if (foreign !== undefined) return { reader: undefined, description: named ?? foreign }
  const known = Object.hasOwn(TEXTS, extension) ? TEXTS[extension] : codeKind(name)
  if (known !== undefined) return isText(bytes, 0.1) ? known : { reader: undefined, description: 'not text' }
  // Some programs write something else before the header of a PDF.
  if (extension === 'pdf' && latin1(bytes.subarray(0, 1024)).includes('%PDF-')) return PDF
  if (named !== undefined) return { reader: undefined, description: named }
  if (!isText(bytes, 0)) return { reader: undefined, description: 'not text' }
  return unnamedText(head)
}

function codeKind(name: string): Readable | undefined {
  const language = codeLanguage(name)
  return language && { reader: 'code', mediaType: language.mediaType }
}

/** An archive is what its name says, until its contents are looked at. */
function namedKind(signed: Readable, extension: string): Readable {
  const mediaType = Object.hasOwn(ARCHIVES, extension) ? ARCHIVES[extension] : undefined
  return signed.reader === 'archive' && mediaType !== undefined ? { ...signed, mediaType } : signed
}

function unnamedText(head: string): FileKind {
  if (/^\s*(?:\xEF\xBB\xBF)?(?:<!doctype html|<html[\s>])/i.test(head)) {
    return { reader: 'html', mediaType: 'text/html' }
  }
  // Mail programs give their mailboxes no extension.
  if (/^From \S+ .*\d{4}\r?\n[\w-]+: /.test(head)) return { reader: 'mbox', mediaType: 'application/mbox' }
  return { reader: 'text', mediaType: 'text/plain' }
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
