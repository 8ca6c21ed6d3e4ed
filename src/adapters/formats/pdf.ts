import type { PDFDocumentProxy } from 'pdfjs-dist/legacy/build/pdf.mjs'
import { failure } from '../../core/errors.ts'
import type { Block } from '../../core/text/join-blocks.ts'
import type { Reading } from '../reading.ts'
import { fetchCMaps, type LoadCMaps } from './pdf-cmaps.ts'
import { openPdf } from './pdf-engine.ts'
import { bodySizeOf, titleByType, withHeadings } from './pdf-headings.ts'
import { describePdf, type PdfDescription } from './pdf-metadata.ts'
import { readOutline } from './pdf-outline.ts'
import { readPage } from './pdf-page.ts'
import { addCompounds, joinLines, paragraphsOf } from './pdf-paragraphs.ts'
import type { PageLines } from './pdf-piece.ts'
import { withoutRunningText } from './pdf-running-text.ts'
import { pageList } from './page-list.ts'

export interface PdfOptions {
  /** Pages that are read; what comes after is told as missing. */
  readonly pages: number
  /** UTF-16 units of all pages together. */
  readonly characters: number
  /** Milliseconds after which no further page is begun; below the patience of who waits for this thread. */
  readonly milliseconds: number
  readonly now: () => number
  readonly loadCMaps: LoadCMaps
}

const DEFAULTS: PdfOptions = {
  pages: 5000,
  characters: 20_000_000,
  milliseconds: 40_000,
  now: () => performance.now(),
  loadCMaps: fetchCMaps,
}
/** Pages after which pdf.js drops the fonts that it keeps. */
const CLEAN_EVERY = 100

/**
 * Reads a PDF by pages: lines by where they stand, columns one after the other, headings from tags, outline or type.
 * `page` is on the first block of each page. Pages without text, and what the limits cut off, are told as missing.
 * @param bytes stay as they are
 * @throws UnreadableFile when it is locked, damaged or holds pictures of pages only
 */
export async function readPdf(bytes: Uint8Array, options: Partial<PdfOptions> = {}): Promise<Reading> {
  const limits = { ...DEFAULTS, ...options }
  const { document, close } = await openPdf(bytes, limits.loadCMaps)
  try {
    const { info, property } = await metadataOf(document)
    const read = await readPages(document, limits)
    const lines = read.pages.reduce((sum, page) => sum + page.lines.length, 0)
    const pictures = await picturePages(document, bytes, read, limits.loadCMaps)
    if (lines === 0) throw withoutText(read, pictures)
    const missing = missingOf(read, pictures, document.numPages, info)
    return reading(read.pages, await readOutline(document), describePdf({ info, property }), missing)
  } finally {
    await close()
  }
}

function reading(
  read: readonly PageLines[],
  outline: Awaited<ReturnType<typeof readOutline>>,
  { title, authors, writtenAt }: PdfDescription,
  missing: readonly string[],
): Reading {
  const pages = withHeadings(withoutRunningText(read, bodySizeOf(read)), outline)
  const blocks = blocksOf(pages)
  return {
    title: title ?? titleByType(read) ?? titleOf(blocks),
    blocks,
    ...(authors.length > 0 ? { authors } : {}),
    ...(writtenAt === undefined ? {} : { writtenAt }),
    ...(missing.length > 0 ? { missing } : {}),
  }
}

/** The first heading of the first pages. */
function titleOf(blocks: readonly Block[]): string | undefined {
  const first = blocks.slice(0, 10).filter(({ level }) => level !== undefined)
  return first.toSorted((a, b) => (a.level ?? 0) - (b.level ?? 0))[0]?.text
}

function blocksOf(pages: readonly PageLines[]): Block[] {
  const compounds = new Set<string>()
  for (const { lines } of pages) addCompounds(lines, compounds)
  const blocks: Block[] = []
  for (const { page, lines } of pages) {
    const [first, ...more] = paragraphsOf(lines, compounds)
    if (first === undefined) continue
    const last = blocks.at(-1)
    const rest = last === undefined ? first : completeWord(blocks, last, first, compounds)
    blocks.push({ ...rest, page }, ...more)
  }
  return blocks
}

/** A word that is parted by the end of a page goes to the page where it begins. Returns what is left of `first`. */
function completeWord(blocks: Block[], last: Block, first: Block, compounds: ReadonlySet<string>): Block {
  const tail = /^\p{Ll}+[.,;:)]?(?=\s)/u.exec(first.text)?.[0]
  if (tail === undefined || last.level !== undefined || !/\p{L}[-\u00AD\u2010]$/u.test(last.text))
    return first
  blocks[blocks.length - 1] = { ...last, text: joinLines(last.text, tail, compounds) }
  return { ...first, text: first.text.slice(tail.length).trimStart() }
}

interface ReadPages {
  readonly pages: readonly PageLines[]
  /** Numbers of pages that pdf.js failed on. */
  readonly broken: readonly number[]
  /** Numbers of pages whose characters stand for nothing. */
  readonly garbled: readonly number[]
}

async function readPages(document: PDFDocumentProxy, limits: PdfOptions): Promise<ReadPages> {
  const until = limits.now() + limits.milliseconds
  const tagged = document.numPages > 0 && (await isTagged(document))
  const pages: PageLines[] = []
  const broken: number[] = []
  const garbled: number[] = []
  let characters = 0
  for (let number = 1; number <= Math.min(document.numPages, limits.pages); number++) {
    if (characters > limits.characters || (number > 1 && limits.now() > until)) break
    try {
      const page = await document.getPage(number)
      const read = await readPage(page, tagged)
      page.cleanup()
      if (isGarbled(read)) garbled.push(number)
      pages.push(isGarbled(read) ? { ...read, lines: [] } : read)
      characters += sizeOf(read)
      if (number % CLEAN_EVERY === 0) await document.cleanup()
    } catch {
      broken.push(number)
      pages.push({ page: number, height: 1, lines: [] })
    }
  }
  return { pages, broken, garbled }
}

async function isTagged(document: PDFDocumentProxy): Promise<boolean> {
  return (await document.getMarkInfo().catch(() => null)) !== null
}

function sizeOf({ lines }: PageLines): number {
  return lines.reduce((sum, { cells }) => sum + cells.reduce((n, cell) => n + cell.length, 0), 0)
}

/** Fonts without a map to Unicode give private characters and controls. */
function isGarbled({ lines }: PageLines): boolean {
  const text = lines.map(({ cells }) => cells.join('')).join('')
  return text.length > 20 && (text.match(/[\p{Co}\p{Cc}\p{Cn}\uFFFD]/gu)?.length ?? 0) > 0.3 * text.length
}

/** Those pages without text that show a picture: scans. No picture is decoded for it. */
async function picturePages(
  document: PDFDocumentProxy,
  bytes: Uint8Array,
  read: ReadPages,
  loadCMaps: LoadCMaps,
): Promise<number[]> {
  const empty = read.pages.filter(({ page, lines }) => lines.length === 0 && !read.broken.includes(page))
  if (empty.length === 0) return []
  const stopping = await openPdf(bytes, loadCMaps, true)
  try {
    const pictures: number[] = []
    for (const { page } of empty) {
      // Shorter where it stops at images than where it skips them: there is one.
      const [stopped, whole] = [await operations(stopping.document, page), await operations(document, page)]
      if (stopped < whole) pictures.push(page)
    }
    return pictures
  } finally {
    await stopping.close()
  }
}

/** How many a page is drawn with; 0 where that cannot be found out. */
async function operations(document: PDFDocumentProxy, number: number): Promise<number> {
  try {
    const page = await document.getPage(number)
    const { fnArray } = await page.getOperatorList()
    page.cleanup()
    return fnArray.length
  } catch {
    return 0
  }
}

function withoutText({ pages, broken, garbled }: ReadPages, pictures: readonly number[]): Error {
  if (garbled.length > 0) return failure('UnreadableFile', `This PDF ${GARBLED}`)
  if (broken.length === pages.length) {
    return failure('UnreadableFile', 'This PDF is damaged: none of its pages could be read.')
  }
  if (pictures.length === 0) return failure('UnreadableFile', 'This PDF holds no text to read.')
  return failure(
    'UnreadableFile',
    'This PDF holds pictures of pages, as a scanner makes them, and no text. Save it with text recognition (OCR) first.',
  )
}

const GARBLED = 'names its characters in a way of its own, so that its text cannot be read.'

function missingOf(
  { pages, broken, garbled }: ReadPages,
  pictures: readonly number[],
  pageCount: number,
  info: Readonly<Record<string, unknown>>,
): string[] {
  const missing: string[] = []
  const say = (numbers: readonly number[], one: string, many: string) => {
    if (numbers.length > 0) missing.push(`${pageList(numbers)} ${numbers.length === 1 ? one : many}`)
  }
  say(pictures, 'is a picture without text, as of a scanner.', 'are pictures without text, as of a scanner.')
  say(broken, 'is damaged and could not be read.', 'are damaged and could not be read.')
  say(garbled, GARBLED, 'name their characters in a way of their own, so that their text cannot be read.')
  const last = pages.at(-1)?.page ?? 0
  if (last < pageCount)
    missing.push(`Only the first ${last} of ${pageCount} pages were read: it is too long.`)
  if (info['IsXFAPresent'] === true) missing.push('It is a form whose fields (XFA) are not read.')
  return missing
}

async function metadataOf(document: PDFDocumentProxy) {
  try {
    const { info, metadata } = await document.getMetadata()
    const property = (name: string): unknown => (metadata as { get(name: string): unknown } | null)?.get(name)
    return { info: info as Readonly<Record<string, unknown>>, property }
  } catch {
    return { info: {}, property: () => undefined }
  }
}
