import type { Block } from '../../core/text/join-blocks.ts'
import { normaliseLine } from '../../core/text/normalise-text.ts'
import { countWords } from '../../core/text/pieces.ts'
import type { Cell } from './table-columns.ts'

/** A row of as many words is a passage of its own: a passage of fewer would be joined to its neighbour. */
const ALONE = 25
/** UTF-16 units of a row that are read. */
const LONGEST_ROW = 1_000_000
const LONGEST_TITLE = 200
/** Other tools write these for nothing. */
const NOTHING = /^(?:null|nan|none|n\/a|nil|\\n|-|—)?$/i

export interface RowStyle {
  /** What a row is called in headings. */
  readonly one: string
  readonly many: string
  /** Whether the names of columns are the file's own, and are said. */
  readonly named: boolean
  /** Column whose values name the rows. */
  readonly title: string | undefined
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
  readonly title: string | undefined
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
      if (row.cells.length === 0 && row.title === undefined) return { cut }
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

function rowOf(cells: readonly Cell[], number: number, style: RowStyle): { row: Row; cut: boolean } {
  const texts: string[] = []
  let left = LONGEST_ROW
  let title: string | undefined
  for (const { column, text: given } of cells) {
    const text = given.trim().slice(0, left)
    if (NOTHING.test(text)) continue
    left -= text.length
    const line = column === style.title && title === undefined ? titleOf(text) : undefined
    if (line === undefined) texts.push(style.named ? `${column}: ${tidy(text)}` : tidy(text))
    else title = line
  }
  const all = texts.join('\n')
  const words = countWords(all, 0, all.length) + countWords(title ?? '', 0, title?.length ?? 0)
  return { row: { number, title, cells: texts, words }, cut: left <= 0 }
}

function titleOf(text: string): string | undefined {
  const line = text.length > 2 * LONGEST_TITLE ? '' : normaliseLine(text)
  return line !== '' && line.length <= LONGEST_TITLE ? line : undefined
}

/** A blank line would part the row. */
function tidy(text: string): string {
  return text.replace(/\r\n?/g, '\n').replace(/\n\s+/g, '\n')
}

function aloneBlocks({ title, number, cells }: Row, { one }: RowStyle): Block[] {
  return [{ text: title ?? `${one} ${number}`, level: 1 }, { text: cells.join('\n') }]
}

function lineOf({ title, cells }: Row, style: RowStyle): string {
  const named = title === undefined ? [] : [style.named ? `${style.title}: ${title}` : title]
  return [...named, ...cells].map(text => text.replace(/\s+/g, ' ')).join(' | ')
}
