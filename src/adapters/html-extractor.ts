import { Parser } from 'htmlparser2'
import type { Block } from '../core/text/join-blocks.ts'
import { createBlockWriter, type PlacedBlock } from './html-block-writer.ts'
import { looksLikeBoilerplate, withoutBoilerplate } from './html-boilerplate.ts'
import { createPageMetadata, type PageMetadata } from './html-metadata.ts'
import type { Reading } from './reading.ts'

const NEVER_SHOWN: ReadonlySet<string> = new Set('script style template svg canvas object iframe'.split(' '))
const BOILERPLATE: ReadonlySet<string> = new Set(
  'nav footer aside noscript form button select textarea label menu dialog'.split(' '),
)
const BOILERPLATE_ROLES: ReadonlySet<string> = new Set([
  'navigation',
  'contentinfo',
  'complementary',
  'search',
  'banner',
])
const PARAGRAPHS: ReadonlySet<string> = new Set(
  (
    'p div section article main header footer aside nav blockquote ul ol dl table figure figcaption hr form fieldset ' +
    'details summary address center body head noscript dialog menu'
  ).split(' '),
)
const LINES: ReadonlySet<string> = new Set(['br', 'tr', 'dt', 'dd', 'option', 'caption', 'legend'])
/** Closing tags search the parser's list of open elements, which is slow when there are very many. */
const DEEPEST = 500
const CHUNK = 8192

/** Reads a page's text without what surrounds it: navigation, forms, scripts. Never throws; linear in the length. */
export function readHtml(html: string): Reading {
  const { title, blocks, metadata } = parse(html)
  const shown = withoutBoilerplate(blocks)
  const heading = shown.find(block => block.level === 1) ?? blocks.find(block => block.level === 1)
  return {
    title: title || heading?.text,
    blocks: shown.map(({ text, level }) => (level === undefined ? { text } : { text, level })),
    ...(metadata.authors.length === 0 ? {} : { authors: metadata.authors }),
    ...(metadata.writtenAt === undefined ? {} : { writtenAt: metadata.writtenAt }),
  }
}

/** The blocks of a piece of HTML, all of them. */
export function htmlBlocks(html: string): readonly Block[] {
  return parse(html).blocks
}

interface ParsedPage {
  readonly title: string | undefined
  readonly blocks: readonly PlacedBlock[]
  readonly metadata: PageMetadata
}

function parse(html: string): ParsedPage {
  const writer = createBlockWriter()
  const metadata = createPageMetadata()
  let title: string | undefined
  let inTitle = false
  let hidden = 0
  let boilerplate = 0
  let hints = 0
  let links = 0
  let inData = false
  let main = 0
  let depth = 0
  // One entry per open element that changed a count, so that its end changes it back.
  const open: { name: string; hides: number; boils: number; mains: number; hinted: number }[] = []

  const place = () => (boilerplate > 0 ? 2 : main > 0 ? 0 : 1)
  const opened = (name: string, attributes: Readonly<Record<string, string>>) => {
    const hides =
      NEVER_SHOWN.has(name) || 'hidden' in attributes || attributes['aria-hidden'] === 'true' ? 1 : 0
    const boils = BOILERPLATE.has(name) || BOILERPLATE_ROLES.has(attributes['role'] ?? '') ? 1 : 0
    const mains = name === 'main' || name === 'article' || attributes['role'] === 'main' ? 1 : 0
    const hinted = looksLikeBoilerplate(name, attributes) ? 1 : 0
    open.push({ name, hides, boils, mains, hinted })
    depth++
    if (hidden + hides === 0) start(name, attributes)
    hidden += hides
    if (boils + mains + hinted > 0) writer.breakParagraph()
    boilerplate += boils
    main += mains
    hints += hinted
    writer.setPlace(place(), hints > 0)
    tell(name, attributes)
  }
  const tell = (name: string, attributes: Readonly<Record<string, string>>) => {
    if (name === 'a') writer.setLink(++links > 0)
    else if (name === 'meta') metadata.meta(attributes)
    else if (name === 'time') metadata.time(attributes)
    else if (name === 'script') inData = attributes['type'] === 'application/ld+json'
  }
  const start = (name: string, attributes: Readonly<Record<string, string>>) => {
    const level = headingLevel(name)
    if (level !== undefined) writer.openHeading(level)
    else if (name === 'pre') writer.openPre()
    else if (name === 'li') writer.item()
    else if (name === 'td' || name === 'th') writer.cell()
    else if (LINES.has(name)) writer.breakLine()
    else if (PARAGRAPHS.has(name)) writer.breakParagraph()
    else if (name === 'img' && attributes['alt']) writer.write(attributes['alt'])
    else if (name === 'title' && title === undefined) {
      inTitle = true
      title = ''
    }
  }
  const closed = (name: string) => {
    depth--
    const last = open.pop()
    if (last !== undefined) {
      hidden -= last.hides
      boilerplate -= last.boils
      main -= last.mains
      hints -= last.hinted
    }
    if (name === 'title') inTitle = false
    if (name === 'a') writer.setLink(--links > 0)
    if (name === 'script' && inData) metadata.endOfLinkedData()
    if (name === 'script') inData = false
    if (hidden > 0) return
    if (headingLevel(name) !== undefined) writer.closeHeading()
    else if (name === 'pre') writer.closePre()
    else if (PARAGRAPHS.has(name)) writer.breakParagraph()
    writer.setPlace(place(), hints > 0)
  }
  const handler = {
    onopentag: opened,
    onclosetag: closed,
    ontext(text: string) {
      if (inData) metadata.linkedData(text)
      else if (inTitle) title = (title ?? '') + text.slice(0, 1000)
      else if (hidden === 0) writer.write(text)
    },
  }
  feed(html, handler, () => depth)
  return { title: title?.trim(), blocks: writer.finish(), metadata: metadata.finish() }
}

/** A page that is nested deeper than any real one is read on by a fresh parser, flat. */
function feed(html: string, handler: ConstructorParameters<typeof Parser>[0], depth: () => number): void {
  let parser = new Parser(handler, { decodeEntities: true, lowerCaseTags: true })
  for (let at = 0; at < html.length; ) {
    const chunk = html.slice(at, at + CHUNK)
    const tag = chunk.lastIndexOf('<')
    // A fresh parser must not begin inside a tag.
    const piece = tag > 0 && at + CHUNK < html.length ? chunk.slice(0, tag) : chunk
    parser.write(piece)
    at += piece.length
    if (depth() <= DEEPEST) continue
    parser.end()
    parser = new Parser(handler, { decodeEntities: true, lowerCaseTags: true })
  }
  parser.end()
}

function headingLevel(name: string): number | undefined {
  return /^h[1-6]$/.test(name) ? Number(name[1]) : undefined
}
