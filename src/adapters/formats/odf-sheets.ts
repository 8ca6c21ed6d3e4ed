import type { BlockWriter } from './block-writer.ts'
import { commentText, flowTexts, paragraphText, type ListStyles } from './odf-text.ts'
import { createSheetWriter, type SheetCell, type SheetWriter } from './sheet-writer.ts'
import { attributeOf, childrenOf, elementsOf, type XmlElement } from './xml-element.ts'

/** Saying the same more often finds nothing more; a sheet may end in a million equal rows. */
const MOST_REPEATED = 100
const WORDS: ReadonlySet<string> = new Set(['string', ''])

/** Writes the tables of a spreadsheet, each as a page; comments stand behind their sheet. */
export function createOdfSheets(writer: BlockWriter, styles: ListStyles) {
  let sheet: SheetWriter | undefined
  let comments: string[] = []
  let pages = 0
  return {
    open(name: string) {
      // What was last seen in another file, kept for when that is missing.
      if (name.startsWith("'file:")) return
      sheet = createSheetWriter(writer, name, ++pages)
    },
    close() {
      sheet?.finish()
      sheet = undefined
      for (const text of comments) writer.add({ text, page: pages })
      comments = []
    },
    /** Text that is drawn on a sheet. */
    shape(paragraph: XmlElement) {
      comments.push(paragraphText(paragraph, styles).text)
    },
    row(row: XmlElement) {
      if (sheet === undefined) return
      const cells = cellsOf(row, styles)
      for (const cell of childrenOf(row, 'table:table-cell')) {
        comments.push(...childrenOf(cell, 'office:annotation').map(commentText))
      }
      const times = cells.length === 0 ? 1 : repeated(row, 'number-rows-repeated')
      for (let i = 0; i < times && !writer.isFull(); i++) sheet.row(cells)
    },
  }
}

function cellsOf(row: XmlElement, styles: ListStyles): SheetCell[] {
  const cells: SheetCell[] = []
  let column = 0
  for (const cell of elementsOf(row)) {
    if (!/^table:(?:covered-)?table-cell$/.test(cell.name)) continue
    const value = valueOf(cell, styles)
    const times = repeated(cell, 'number-columns-repeated')
    if (value.text !== '') for (let i = 0; i < times; i++) cells.push({ column: column + i, ...value })
    column += Number(attributeOf(cell, 'number-columns-repeated') ?? 1) || 1
  }
  return cells
}

/** Dates are unambiguous in the file only; all else is as it was shown when it was saved. */
function valueOf(cell: XmlElement, styles: ListStyles): Omit<SheetCell, 'column'> {
  const type = attributeOf(cell, 'value-type') ?? ''
  const date = type === 'date' ? attributeOf(cell, 'date-value') : undefined
  if (date !== undefined) return { text: date.replace('T', ' ').replace(/ 00:00:00$/, ''), isText: false }
  const texts = childrenOf(cell, 'text:p').flatMap(paragraph => paragraphText(paragraph, styles).text)
  const shown = texts.filter(text => text !== '').join(' ')
  const shapes = flowTexts({ ...cell, children: cell.children.filter(isShape) }, styles)
  const text = shown || attributeOf(cell, 'value') || ''
  return { text: [text, ...shapes].filter(part => part !== '').join(' '), isText: WORDS.has(type) }
}

function isShape(child: XmlElement['children'][number]): boolean {
  return typeof child !== 'string' && child.name.startsWith('draw:')
}

function repeated(element: XmlElement, attribute: string): number {
  const count = Math.floor(Number(attributeOf(element, attribute) ?? 1)) || 1
  return Math.max(1, Math.min(MOST_REPEATED, count))
}
