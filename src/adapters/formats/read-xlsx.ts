import type { Reading } from '../reading.ts'
import { createBlockWriter, MOST_LETTERS, type BlockWriter } from './block-writer.ts'
import {
  coreProperties,
  embeddedSentence,
  partStream,
  partTree,
  pathOfType,
  relationshipsOf,
  type Relationships,
} from './office-package.ts'
import { drawnText } from './pptx-shapes.ts'
import { attempt, readPages } from './read-pages.ts'
import { readXml, readXmlTree } from './read-xml.ts'
import { createSheetWriter, type SheetCell } from './sheet-writer.ts'
import { formatAt, numberFormats, type NumberFormat } from './xlsx-formats.ts'
import {
  attributeOf,
  childAt,
  childrenOf,
  descendantsOf,
  elementsOf,
  prefixedAttributeOf,
  textOf,
  type XmlElement,
} from './xml-element.ts'
import type { ZipArchive } from './zip-archive.ts'

const WITHOUT_PREFIX = { withoutPrefix: true }
/** Of the texts that cells share. Twice what a document may have: many may not be used. */
const MOST_SHARED_LETTERS = 2 * MOST_LETTERS

interface Workbook {
  readonly archive: ZipArchive
  readonly strings: readonly string[]
  readonly formats: readonly NumberFormat[]
  readonly since1904: boolean
  readonly writer: BlockWriter
}

/**
 * A workbook (ECMA-376, SpreadsheetML): a page for each sheet with its name as heading, hidden ones included; formulas as
 * the values that were computed last, numbers and dates as their formats show them, then comments and drawn texts. Sheets
 * stream; a sheet that is damaged is left out and said so.
 * @throws UnreadableFile when it is damaged as a whole, or no sheet can be read.
 */
export async function readXlsx(archive: ZipArchive): Promise<Reading> {
  const main = pathOfType(await relationshipsOf(archive, ''), 'officeDocument') ?? 'xl/workbook.xml'
  const tree = await readXmlTree(partStream(archive, main))
  const links = await relationshipsOf(archive, main)
  const writer = createBlockWriter()
  const workbook = {
    archive,
    strings: await sharedStrings(archive, pathOfType(links, 'sharedStrings'), writer),
    formats: numberFormats(
      await attempt('Its formats', writer, () => partTree(archive, pathOfType(links, 'styles'))),
    ),
    since1904: /^(?:1|true)$/.test(attributeOf(childAt(tree, 'workbookPr'), 'date1904') ?? ''),
    writer,
  }
  await readPages(sheetsOf(tree, links), 'Sheet', writer, ({ name, path }, page) =>
    readSheet(workbook, name, path, page),
  )
  const embedded = embeddedSentence(archive)
  if (embedded !== undefined) writer.miss(embedded)
  const properties = await attempt('Its properties', writer, () => coreProperties(archive))
  return { title: undefined, ...properties, ...writer.finish() }
}

/** Each once, however often it is listed. Sheets that are one chart have no cells. */
function sheetsOf(tree: XmlElement, links: Relationships): { name: string; path: string }[] {
  const found = new Map<string, { name: string; path: string }>()
  for (const sheet of childrenOf(childAt(tree, 'sheets'), 'sheet')) {
    const link = links.get(prefixedAttributeOf(sheet, 'id') ?? '')
    const name = attributeOf(sheet, 'name') ?? ''
    if (link?.type === 'worksheet' && !found.has(link.path)) found.set(link.path, { name, path: link.path })
  }
  return [...found.values()]
}

async function sharedStrings(
  archive: ZipArchive,
  path: string | undefined,
  writer: BlockWriter,
): Promise<readonly string[]> {
  const strings: string[] = []
  const entry = archive.entry(path ?? '')
  if (entry === undefined) return strings
  let letters = 0
  const visitor = {
    wants: (name: string) => name === 'si',
    element(element: XmlElement) {
      const text = richText(element)
      letters += text.length
      strings.push(text)
    },
    isDone: () => letters > MOST_SHARED_LETTERS,
  }
  await attempt('Some of its texts', writer, () => readXml(archive.stream(entry), visitor, WITHOUT_PREFIX))
  if (visitor.isDone())
    writer.miss('The workbook holds more text than Belfry reads from one; some cells are left out.')
  return strings
}

/** Text in runs, without what tells how to pronounce it. */
function richText(element: XmlElement): string {
  return elementsOf(element)
    .map(child =>
      child.name === 't' ? textOf(child) : child.name === 'r' ? textOf(childAt(child, 't')) : '',
    )
    .join('')
}

async function readSheet(workbook: Workbook, name: string, path: string, page: number): Promise<void> {
  const { archive, writer } = workbook
  const sheet = createSheetWriter(writer, name, page)
  let next = 1
  await readXml(
    partStream(archive, path),
    {
      wants: name => name === 'row',
      element(row) {
        const number = Number(attributeOf(row, 'r') ?? next)
        if (number > next) sheet.row([])
        next = number + 1
        sheet.row(cellsOf(row, workbook))
      },
      isDone: writer.isFull,
    },
    WITHOUT_PREFIX,
  )
  sheet.finish()
  await attempt(`The comments of sheet ${page}`, writer, async () => {
    const links = await relationshipsOf(archive, path)
    writer.add({ text: await commentsOf(archive, links), page })
    const drawing = await partTree(archive, pathOfType(links, 'drawing'))
    if (drawing !== undefined) writer.add({ text: drawnText(drawing), page })
  })
}

function cellsOf(row: XmlElement, workbook: Workbook): SheetCell[] {
  let next = 0
  return childrenOf(row, 'c').map(cell => {
    const column = columnOf(attributeOf(cell, 'r')) ?? next
    next = column + 1
    return { column, ...valueOf(cell, workbook) }
  })
}

/** `AB12` is in column 27. */
function columnOf(reference: string | undefined): number | undefined {
  const letters = /^[A-Z]{1,3}/.exec(reference ?? '')?.[0]
  if (letters === undefined) return undefined
  return Array.from(letters).reduce((sum, letter) => sum * 26 + letter.charCodeAt(0) - 64, 0) - 1
}

function valueOf(cell: XmlElement, { strings, formats, since1904 }: Workbook): Omit<SheetCell, 'column'> {
  const value = textOf(childAt(cell, 'v'))
  switch (attributeOf(cell, 't') ?? 'n') {
    case 's':
      return { text: strings[Number(value)] ?? '', isText: true }
    case 'inlineStr':
      return { text: richText(childAt(cell, 'is') ?? cell), isText: true }
    case 'str':
      return { text: value, isText: true }
    case 'b':
      return { text: value === '1' ? 'TRUE' : 'FALSE', isText: false }
    case 'e':
      return { text: '', isText: false }
    case 'd':
      return { text: value.replace('T', ' '), isText: false }
    default:
      return { text: numberText(value, formatAt(formats, attributeOf(cell, 's')), since1904), isText: false }
  }
}

function numberText(value: string, format: NumberFormat, since1904: boolean): string {
  const number = Number(value)
  return value.trim() === '' || !Number.isFinite(number) ? value : format.show(number, since1904)
}

/** `B2: the text`, a line each; conversations instead of what older programs are shown of them. */
async function commentsOf(archive: ZipArchive, links: Relationships): Promise<string> {
  const threaded = await partTree(archive, pathOfType(links, 'threadedComment'))
  const tree = threaded ?? (await partTree(archive, pathOfType(links, 'comments')))
  if (tree === undefined) return ''
  const comments = descendantsOf(tree, threaded === undefined ? 'comment' : 'threadedComment')
  return comments
    .map(comment => {
      const text = childAt(comment, 'text')
      const said = text === undefined ? '' : richText(text) || textOf(text)
      return `${attributeOf(comment, 'ref') ?? ''}: ${said.replace(/\s+/g, ' ').trim()}`
    })
    .join('\n')
}
