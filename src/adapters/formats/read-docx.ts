import type { Reading } from '../reading.ts'
import { createBlockWriter, type BlockWriter } from './block-writer.ts'
import { createListMarks, type ListMarks } from './docx-lists.ts'
import { listPlace, outlineLevel, paragraphStyles, type ParagraphStyles } from './docx-styles.ts'
import { isDeletedRow, type Notes, noteText, paragraphsOf, paragraphText, rowText } from './docx-text.ts'
import {
  coreProperties,
  embeddedSentence,
  partStream,
  partTree,
  pathOfType,
  relationshipsOf,
  type Relationships,
} from './office-package.ts'
import { attempt } from './read-pages.ts'
import { readXml } from './read-xml.ts'
import { attributeOf, childAt, descendantsOf, type XmlElement } from './xml-element.ts'
import type { ZipArchive } from './zip-archive.ts'

const WITHOUT_PREFIX = { withoutPrefix: true }
/** A table or a list is cut into blocks of about this many letters, so that a long one is never held as lines. */
const LONG_BLOCK = 20_000

/**
 * A Word document (ECMA-376, WordprocessingML). Headings, lists, rows of tables, notes and comments behind the paragraph
 * that they belong to, text boxes once; changes as if they were accepted. Tables of contents, headers and footers repeat
 * and are left out; macros and embedded files are not touched.
 * @throws UnreadableFile when it is damaged or has parts beyond the archive's limits.
 */
export async function readDocx(archive: ZipArchive): Promise<Reading> {
  const main = pathOfType(await relationshipsOf(archive, ''), 'officeDocument') ?? 'word/document.xml'
  const links = await relationshipsOf(archive, main)
  const writer = createBlockWriter()
  const part = (what: string, type: string) =>
    attempt(what, writer, () => partTree(archive, pathOfType(links, type)))
  const styles = paragraphStyles(await part('Its styles', 'styles'))
  const marks = createListMarks(await part('The numbers of its lists', 'numbering'))
  const notes = await notesOf(archive, links, writer)
  const title = await readBody(partStream(archive, main), { styles, marks, notes, writer })
  const embedded = embeddedSentence(archive)
  if (embedded !== undefined) writer.miss(embedded)
  const properties = await attempt('Its properties', writer, () => coreProperties(archive))
  return { ...properties, title: properties?.title ?? title, ...writer.finish() }
}

interface Body {
  readonly styles: ParagraphStyles
  readonly marks: ListMarks
  readonly notes: Notes
  readonly writer: BlockWriter
}

async function notesOf(archive: ZipArchive, links: Relationships, writer: BlockWriter): Promise<Notes> {
  const notes = new Map<string, string>()
  for (const kind of ['footnote', 'endnote', 'comment']) {
    const entry = archive.entry(pathOfType(links, `${kind}s`) ?? '')
    if (entry === undefined) continue
    const element = (note: XmlElement) => {
      // Lines between text and notes have a type and no words.
      notes.set(`${kind} ${attributeOf(note, 'id') ?? ''}`, noteText(note))
    }
    const visitor = { wants: (name: string) => name === kind, element }
    await attempt('Its notes', writer, () => readXml(archive.stream(entry), visitor, WITHOUT_PREFIX))
  }
  return notes
}

/** Gives the text of the paragraph that is styled as the document's title, else of the first heading. */
async function readBody(source: AsyncGenerator<Uint8Array>, body: Body): Promise<string | undefined> {
  const { writer } = body
  let title: string | undefined
  let heading: string | undefined
  let lines: string[] = []
  let length = 0
  let aside: string[] = []
  /** Inside what programs show that do not know something newer, which is there as well. */
  let fallbacks = 0
  const flush = () => {
    writer.add({ text: lines.join('\n') })
    for (const text of aside) writer.add({ text })
    lines = []
    length = 0
    aside = []
  }
  const addLine = (text: string, others: readonly string[]) => {
    lines.push(text)
    length += text.length
    aside.push(...others)
    if (length > LONG_BLOCK) flush()
  }
  const addParagraph = (paragraph: XmlElement) => {
    const { text, aside: others } = paragraphText(paragraph, body.notes)
    const { level, isTitle, isContents, place } = kindOf(paragraph, body.styles)
    if (isContents) return
    if (place !== undefined && level === undefined && text.trim() !== '') {
      return addLine(body.marks.next(place) + text.trim(), others)
    }
    flush()
    if (isTitle) title ??= text.trim() || undefined
    if (level !== undefined) heading ??= text.trim() || undefined
    writer.add(level === undefined ? { text } : { text, level })
    aside.push(...others)
    flush()
  }
  const addRow = (row: XmlElement) => {
    if (isDeletedRow(row)) return
    // A table of one column is there for its frame.
    if (descendantsOf(row, 'tc').length === 1) return paragraphsOf(row).forEach(addParagraph)
    const { text, aside: others } = rowText(row, body.notes)
    addLine(text, others)
  }
  await readXml(
    source,
    {
      wants: name => name === 'p' || name === 'tr',
      element(element) {
        if (fallbacks > 0) return
        if (element.name === 'p') addParagraph(element)
        else addRow(element)
      },
      opened(name) {
        if (name === 'Fallback') fallbacks++
        if (name === 'tbl') flush()
      },
      closed(name) {
        if (name === 'Fallback') fallbacks--
        if (name === 'tbl') flush()
      },
      isDone: writer.isFull,
    },
    WITHOUT_PREFIX,
  )
  flush()
  return title ?? heading
}

function kindOf(paragraph: XmlElement, styles: ParagraphStyles) {
  const properties = childAt(paragraph, 'pPr')
  const style = styles.get(attributeOf(childAt(properties, 'pStyle'), 'val') ?? '')
  const own = outlineLevel(properties)
  const level = own === undefined ? style?.level : own || undefined
  const place = listPlace(properties) ?? style?.list
  return {
    level,
    isTitle: style?.isTitle === true,
    isContents: style?.isContents === true,
    // List 0 takes a paragraph out of the list of its style.
    place: place?.list === '0' ? undefined : place,
  }
}
