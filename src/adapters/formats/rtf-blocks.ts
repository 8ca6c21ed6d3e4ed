import type { Block } from '../../core/text/join-blocks.ts'

/** Programs without lists set a bullet or a number and a tab. */
const NUMBERED = /^(?:[•·▪◦\u2013-]|\(?(?:\d{1,3}|\p{L})[.)])\t/u

/** Puts paragraphs, lists, rows and notes together as they stream past. */
export function createRtfBlocks() {
  const blocks: Block[] = []
  let pieces: string[] = []
  let cells: string[] = []
  let rows: string[] = []
  let items: string[] = []
  let notes: string[] = []

  const takeText = () => {
    const text = pieces.join('').trim()
    pieces = []
    return text
  }
  const flushTable = () => {
    if (rows.length > 0) blocks.push({ text: rows.join('\n') })
    rows = []
  }
  const flushList = () => {
    if (items.length > 0) blocks.push({ text: items.join('\n') })
    items = []
  }
  const flushNotes = () => {
    for (const text of notes) blocks.push({ text })
    notes = []
  }
  const flush = () => {
    flushTable()
    flushList()
    flushNotes()
  }
  return {
    write(text: string) {
      pieces.push(text)
    },
    /** Ends a paragraph of running text, of a list, or of a heading. */
    paragraph(level: number | undefined, isItem: boolean) {
      const text = takeText()
      if (text === '') return
      flushTable()
      if (isItem || NUMBERED.test(text)) {
        items.push(text.replace(/^[•·▪◦o\uF000-\uF0FF-]\s+/u, '- ').replace(/^(\S{1,8})\t/, '$1 '))
        return
      }
      flushList()
      blocks.push(level === undefined ? { text } : { text, level })
      flushNotes()
    },
    cell() {
      cells.push(takeText().replace(/\s*\n\s*/g, ' '))
    },
    row() {
      const last = takeText()
      if (last !== '') cells.push(last)
      flushList()
      if (cells.some(cell => cell !== '')) rows.push(cells.join(' | '))
      cells = []
    },
    /** Takes what was written since `mark` for a note, which is put behind the paragraph. */
    note(mark: number) {
      const text = pieces.splice(mark).join('').trim()
      if (text !== '') notes.push(text)
    },
    mark: () => pieces.length,
    finish(): Block[] {
      if (cells.length > 0) this.row()
      this.paragraph(undefined, false)
      flush()
      return blocks
    },
  }
}
