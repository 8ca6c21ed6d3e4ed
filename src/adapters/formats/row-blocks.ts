import type { Block } from '../../core/text/join-blocks.ts'
import { normaliseLine } from '../../core/text/normalise-text.ts'
import { countWords } from '../../core/text/pieces.ts'
import type { ColumnUse } from '../../core/table.ts'
import type { Cell } from './table-columns.ts'

/** A row of as many words is a passage of its own: a passage of fewer would be joined to its neighbour. */
const ALONE = 25
/** UTF-16 units of a row that are read. */
const LONGEST_ROW = 1_000_000
const LONGEST_TITLE = 200
/** UTF-16 units of a heading with its tags and date; a longer one would count as text. */
const LONGEST_HEADING = 300
const BETWEEN = ' · '
/** Other tools write these for nothing. */
const NOTHING = /^(?:null|nan|none|n\/a|nil|\\n|-|—)?$/i

export interface RowStyle {
  /** What a row is called in headings. */
  readonly one: string
  readonly many: string
  /** Whether the names of columns are the file's own, and are said. */
  readonly named: boolean
  /** By the names of columns; those that are not named are text. */
  readonly uses: ReadonlyMap<string, ColumnUse>
}

/** Collects rows as blocks: a heading for each passage that is to be, so that none is cut in a row that fits into one. */
export interface RowBlocks {
  /** @param number From 1. Whether anything of it is cut off. */
  add(cells: readonly Cell[], number: number): { readonly cut: boolean }
  finish(): Block[]
  /** UTF-16 units so far. */
  letters(): number
}

interface Row {
  readonly number: number
  /** The title, the tags and the date, in the order of the columns, but for the title, which is first. */
  readonly heading: readonly Cell[]
  readonly isTitled: boolean
  /** As they are written. */
  readonly cells: readonly string[]
  readonly words: number
}

/**
 * A row is written as `column: value`: on a line each below its own heading, when it is long enough to be a passage; else
 * in one line, together with its neighbours.
 */
export function createRowBlocks(style: RowStyle): RowBlocks {
  const blocks: Block[] = []
  let waiting: Row[] = []
  let words = 0
  let letters = 0
  const flush = () => {
    const [first, last] = [waiting[0], waiting.at(-1)]
    if (first === undefined || last === undefined) return
    if (first === last) blocks.push(...aloneBlocks(first, style))
    else {
      const text = waiting.map(row => lineOf(row, style)).join('\n')
      blocks.push({ text: `${style.many} ${first.number}–${last.number}`, level: 1 }, { text })
    }
    waiting = []
    words = 0
  }
  return {
    add(cells, number) {
      const { row, cut } = rowOf(cells, number, style)
      if (row.cells.length === 0 && row.heading.length === 0) return { cut }
      letters += row.cells.reduce((sum, text) => sum + text.length, 0)
      if (row.words >= ALONE) flush()
      waiting.push(row)
      words += row.words
      if (words >= ALONE) flush()
      return { cut }
    },
    finish() {
      flush()
      return blocks
    },
    letters: () => letters,
  }
}

function rowOf(given: readonly Cell[], number: number, style: RowStyle): { row: Row; cut: boolean } {
  const cells: string[] = []
  const heading: Cell[] = []
  let left = LONGEST_ROW
  let isTitled = false
  for (const { column, text: whole } of given) {
    const use = style.uses.get(column) ?? 'text'
    const text = use === 'nothing' ? '' : whole.trim().slice(0, left)
    if (NOTHING.test(text)) continue
    left -= text.length
    const line = use === 'text' || (use === 'title' && isTitled) ? undefined : headingLine(text, heading)
    if (line === undefined) cells.push(style.named ? `${column}: ${tidy(text)}` : tidy(text))
    else if (use === 'title') {
      heading.unshift({ column, text: line })
      isTitled = true
    } else heading.push({ column, text: line })
  }
  const words = [...cells, ...heading.map(({ text }) => text)].reduce((sum, text) => sum + wordsIn(text), 0)
  return { row: { number, heading, isTitled, cells, words }, cut: left <= 0 }
}

function wordsIn(text: string): number {
  return countWords(text, 0, text.length)
}

/** `undefined` for what is too long to stand in a heading beside what is there. */
function headingLine(text: string, beside: readonly Cell[]): string | undefined {
  const line = text.length > 2 * LONGEST_TITLE ? '' : normaliseLine(text)
  const length = beside.reduce((sum, cell) => sum + cell.text.length + BETWEEN.length, line.length)
  return line !== '' && line.length <= LONGEST_TITLE && length <= LONGEST_HEADING ? line : undefined
}

/** A blank line would part the row. */
function tidy(text: string): string {
  return text.replace(/\r\n?/g, '\n').replace(/\n\s+/g, '\n')
}

function aloneBlocks({ heading, isTitled, number, cells }: Row, { one }: RowStyle): Block[] {
  const texts = heading.map(({ text }) => text)
  const line = [...(isTitled ? [] : [`${one} ${number}`]), ...texts].join(BETWEEN)
  return [{ text: line, level: 1 }, { text: cells.join('\n') }]
}

function lineOf({ heading, cells }: Row, { named }: RowStyle): string {
  const first = heading.map(({ column, text }) => (named ? `${column}: ${text}` : text))
  return [...first, ...cells].map(text => text.replace(/\s+/g, ' ')).join(' | ')
}
