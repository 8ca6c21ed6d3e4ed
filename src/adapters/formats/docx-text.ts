import { attributeOf, childAt, descendantsOf, elementsOf, textOf, type XmlElement } from './xml-element.ts'

export interface ParagraphText {
  readonly text: string
  /** What belongs to the paragraph and stands elsewhere: notes, text boxes, what pictures show. */
  readonly aside: readonly string[]
}

/** Texts of notes and comments, by their kind and id: `footnote 2`. */
export type Notes = ReadonlyMap<string, string>

/** Properties, what was deleted or moved away, what a field is made from, and what older programs show instead. */
const SKIPPED: ReadonlySet<string> = new Set(
  'pPr rPr sdtPr sdtEndPr trPr tcPr del moveFrom delText instrText delInstrText Fallback rt fldData'.split(
    ' ',
  ),
)

/** A paragraph's text as it reads when all changes are accepted. */
export function paragraphText(paragraph: XmlElement, notes: Notes): ParagraphText {
  const pieces: string[] = []
  const aside: string[] = []
  const add = (element: XmlElement) => {
    for (const child of elementsOf(element)) {
      if (SKIPPED.has(child.name)) continue
      if (child.name === 'txbxContent') aside.push(...boxTexts(child, notes))
      else if (child.name === 'docPr') aside.push(attributeOf(child, 'descr') ?? '')
      else if (child.name.endsWith('Reference')) aside.push(noteOf(child, notes))
      else if (child.name === 't') pieces.push(textOf(child))
      else if (childless(child) !== undefined) pieces.push(childless(child) ?? '')
      else add(child)
    }
  }
  add(paragraph)
  return { text: pieces.join(''), aside: aside.filter(text => text.trim() !== '') }
}

/** What is in a cell, a note or a comment, in one line. */
export function flatText(element: XmlElement, notes: Notes): ParagraphText {
  const paragraphs = paragraphsOf(element).map(paragraph => paragraphText(paragraph, notes))
  const lines = paragraphs.map(({ text }) => text.replace(/\s+/g, ' ').trim())
  return {
    text: lines.filter(line => line !== '').join(' '),
    aside: paragraphs.flatMap(({ aside }) => aside),
  }
}

/** The paragraphs in an element, those of tables in it included. */
export function paragraphsOf(element: XmlElement): XmlElement[] {
  return elementsOf(element)
    .filter(({ name }) => !SKIPPED.has(name))
    .flatMap(child => (child.name === 'p' ? [child] : paragraphsOf(child)))
}

/** Whether a row was deleted and nobody has accepted that yet. */
export function isDeletedRow(row: XmlElement): boolean {
  return childAt(row, 'trPr', 'del') !== undefined
}

function childless(element: XmlElement): string | undefined {
  switch (element.name) {
    case 'tab':
      return '\t'
    case 'br':
    case 'cr':
      return '\n'
    case 'noBreakHyphen':
      return '-'
    default:
      return undefined
  }
}

function boxTexts(box: XmlElement, notes: Notes): string[] {
  return paragraphsOf(box)
    .map(paragraph => paragraphText(paragraph, notes))
    .flatMap(({ text, aside }) => [text, ...aside])
}

function noteOf(reference: XmlElement, notes: Notes): string {
  const kind = reference.name.slice(0, -'Reference'.length)
  return notes.get(`${kind} ${attributeOf(reference, 'id') ?? ''}`) ?? ''
}

/** A footnote, an endnote, or a comment with its author in front. */
export function noteText(note: XmlElement): string {
  const { text, aside } = flatText(note, new Map())
  const author = note.name === 'comment' ? attributeOf(note, 'author') : undefined
  const said = [text, ...aside].filter(line => line !== '').join('\n')
  return author ? `${author}: ${said}` : said
}

/** Cells of a row, each in one line, with what stands aside of all of them. */
export function rowText(row: XmlElement, notes: Notes): ParagraphText {
  const cells = descendantsOf(row, 'tc').map(cell => flatText(cell, notes))
  return { text: cells.map(({ text }) => text).join(' | '), aside: cells.flatMap(({ aside }) => aside) }
}
