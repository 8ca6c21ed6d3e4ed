import type { Block } from '../../core/text/join-blocks.ts'
import type { Reading } from '../reading.ts'
import { createBlockWriter, type BlockWriter } from './block-writer.ts'
import { objectsSentence, odfProperties, refuseEncryptedOdf } from './odf-package.ts'
import { createOdfSheets } from './odf-sheets.ts'
import { addOdfSlide } from './odf-slides.ts'
import { commentText, listText, paragraphText, rowCells, tableText } from './odf-text.ts'
import { partStream } from './office-package.ts'
import { attempt } from './read-pages.ts'
import { readXml } from './read-xml.ts'
import { attributeOf, childrenOf, elementsOf, type XmlElement } from './xml-element.ts'
import type { ZipArchive } from './zip-archive.ts'

/** Copies of headings, what was deleted, and what programs keep for themselves. */
const SKIPPED: ReadonlySet<string> = new Set([
  'text:tracked-changes',
  'table:tracked-changes',
  'text:table-of-content',
  'text:illustration-index',
  'text:table-index',
  'text:object-index',
  'text:user-index',
  'text:alphabetical-index',
  'office:forms',
  'office:dde-links',
  'office:scripts',
])
const STYLES: ReadonlySet<string> = new Set(['text:list-style', 'style:style'])
const HELD: ReadonlySet<string> = new Set([
  'text:p',
  'text:h',
  'text:list',
  ...STYLES,
  'table:table-row',
  'draw:page',
  'office:annotation',
])
const LONG_BLOCK = 20_000

/**
 * A text, a spreadsheet, a presentation or a drawing of OpenDocument (ISO/IEC 26300). Sheets and slides are pages with
 * their name or title as heading; lists, rows of tables, notes and comments, what pictures show, the speaker's notes.
 * Changes as if they were accepted; tables of contents and indexes are left out.
 * @throws UnreadableFile when it is damaged, or protected with a password.
 */
export async function readOdf(archive: ZipArchive): Promise<Reading> {
  await refuseEncryptedOdf(archive)
  const writer = createBlockWriter()
  const body = createBody(writer)
  const stylesEntry = archive.entry('styles.xml')
  if (stylesEntry !== undefined) {
    const visitor = { wants: (name: string) => STYLES.has(name), element: body.element }
    await attempt('Its styles', writer, () => readXml(archive.stream(stylesEntry), visitor))
  }
  let skipped = 0
  await readXml(partStream(archive, 'content.xml'), {
    wants: name => HELD.has(name),
    element(element) {
      if (skipped === 0) body.element(element)
    },
    opened(name, attributes) {
      if (SKIPPED.has(name)) skipped++
      if (skipped === 0) body.opened(name, attributes)
    },
    closed(name) {
      if (skipped === 0) body.closed(name)
      if (SKIPPED.has(name)) skipped--
    },
    isDone: writer.isFull,
  })
  body.finish()
  const objects = objectsSentence(archive)
  if (objects !== undefined) writer.miss(objects)
  const properties = await attempt('Its properties', writer, () => odfProperties(archive))
  return { ...properties, title: properties?.title ?? body.title(), ...writer.finish() }
}

function createBody(writer: BlockWriter) {
  const listStyles = new Map<string, ReadonlySet<number>>()
  /** The style that each paragraph style is based on. */
  const parents = new Map<string, string>()
  const sheets = createOdfSheets(writer, listStyles)
  let isSpreadsheet = false
  let pages = 0
  let title: string | undefined
  let heading: string | undefined
  let rows: string[] = []
  let length = 0
  let aside: string[] = []
  const flush = () => {
    writer.add({ text: rows.join('\n') })
    for (const text of aside) writer.add({ text })
    rows = []
    length = 0
    aside = []
  }
  const add = (block: Block, others: readonly string[]) => {
    if (block.level !== undefined) heading ??= block.text || undefined
    writer.add(block)
    for (const text of others) writer.add({ text })
  }
  const addParagraph = (element: XmlElement) => {
    const { text, aside: others } = paragraphText(element, listStyles)
    const isTitle = isTitled(attributeOf(element, 'style-name'), parents)
    if (isTitle) title ??= text || undefined
    const level = isTitle ? 1 : element.name === 'text:h' ? levelOf(element) : undefined
    add(level === undefined ? { text } : { text, level }, others)
  }
  const addList = (element: XmlElement) => {
    // Numbered chapters stand in lists.
    const headings = childrenOf(element, 'text:list-item').flatMap(item => childrenOf(item, 'text:h'))
    if (headings.length > 0) return headings.forEach(addParagraph)
    const { text, aside: others } = listText(element, listStyles)
    add({ text }, others)
  }
  const addRow = (row: XmlElement) => {
    const cells = childrenOf(row, 'table:table-cell')
    const [only] = cells
    // A table of one column is there for its frame.
    if (cells.length === 1 && only !== undefined) return elementsOf(only).forEach(element)
    const texts = rowCells(row, listStyles)
    const line = texts.map(({ text }) => text).join(' | ')
    rows.push(line)
    length += line.length
    if (length > LONG_BLOCK) flush()
  }
  const element = (found: XmlElement) => {
    switch (found.name) {
      case 'text:list-style':
        return listStyles.set(attributeOf(found, 'name') ?? '', numberedLevels(found))
      case 'style:style':
        return parents.set(attributeOf(found, 'name') ?? '', attributeOf(found, 'parent-style-name') ?? '')
      case 'draw:page':
        return addOdfSlide(found, ++pages, writer, listStyles)
      case 'table:table-row':
        return isSpreadsheet ? sheets.row(found) : addRow(found)
      case 'table:table':
        return writer.add({ text: tableText(found, listStyles) })
      case 'text:p':
      case 'text:h':
        return isSpreadsheet ? sheets.shape(found) : addParagraph(found)
      case 'text:list':
        return addList(found)
      case 'office:annotation':
        return writer.add({ text: commentText(found) })
    }
  }
  return {
    element,
    title: () => title ?? heading,
    opened(name: string, attributes: Readonly<Record<string, string>>) {
      if (name === 'office:spreadsheet') isSpreadsheet = true
      if (name !== 'table:table') return
      if (isSpreadsheet) sheets.open(attributes['table:name'] ?? '')
      else flush()
    },
    closed(name: string) {
      if (name !== 'table:table') return
      if (isSpreadsheet) sheets.close()
      else flush()
    },
    finish: flush,
  }
}

function levelOf(heading: XmlElement): number {
  const level = Math.floor(Number(attributeOf(heading, 'outline-level') ?? 1)) || 1
  return Math.max(1, Math.min(6, level))
}

/** Whether a style is `Title`, as programs in all languages call it within, or is directly based on it. */
function isTitled(style: string | undefined, parents: ReadonlyMap<string, string>): boolean {
  return style === 'Title' || parents.get(style ?? '') === 'Title'
}

function numberedLevels(style: XmlElement): ReadonlySet<number> {
  const levels = childrenOf(style, 'text:list-level-style-number')
  return new Set(levels.map(level => Number(attributeOf(level, 'level'))))
}
