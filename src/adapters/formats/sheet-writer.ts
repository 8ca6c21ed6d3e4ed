import type { BlockWriter } from './block-writer.ts'

export interface SheetCell {
  /** From 0. */
  readonly column: number
  readonly text: string
  /** Words, and not a number, a date or a yes or no. */
  readonly isText: boolean
}

/** Takes a sheet's rows in order, those without cells too: they part tables. */
export interface SheetWriter {
  row(cells: readonly SheetCell[]): void
  finish(): void
}

/** Excel's own limit; other programs know none. UTF-16 units. */
const LONGEST_CELL = 32_767
const LONGEST_ROW = 1_000_000
/** A sheet is cut into blocks of about this many letters. */
const LONG_BLOCK = 20_000
/** Rows that are looked at before deciding whether the first of them names the columns. */
const SAMPLE = 12
const LONGEST_NAME = 80
const LONGEST_PLAIN_NAME = 30

/**
 * Writes a sheet as a page with its name as heading. Where rows look like a table, each is written with the names of its
 * columns, `Part: Rope | Price: 149.50 €`, since a passage may begin anywhere; other rows are written as they stand.
 */
export function createSheetWriter(writer: BlockWriter, name: string, page: number): SheetWriter {
  writer.add({ text: name, level: 1, page })
  /** Rows behind an empty one that are not written yet; `undefined` when it is known how to write them. */
  let waiting: (readonly SheetCell[])[] | undefined = []
  let names: ReadonlyMap<number, string> | undefined
  let lines: string[] = []
  let length = 0
  const flush = () => {
    writer.add({ text: lines.join('\n'), page })
    lines = []
    length = 0
  }
  const write = (cells: readonly SheetCell[]) => {
    const line = lineOf(cells, names)
    lines.push(line)
    length += line.length
    if (length > LONG_BLOCK) flush()
  }
  const decide = () => {
    const [first, ...others] = waiting ?? []
    waiting = undefined
    if (first === undefined) return
    const found = columnNames(first, others)
    write(first)
    names = found
    for (const row of others) write(row)
  }
  const endTable = () => {
    decide()
    flush()
    names = undefined
    waiting = []
  }
  return {
    row(given) {
      const cells = given.filter(({ text }) => text.trim() !== '')
      if (cells.length === 0) return endTable()
      if (waiting === undefined) return write(cells)
      waiting.push(cells)
      if (waiting.length > SAMPLE) decide()
    },
    finish: endTable,
  }
}

function lineOf(cells: readonly SheetCell[], names: ReadonlyMap<number, string> | undefined): string {
  const texts: string[] = []
  let left = LONGEST_ROW
  for (const { column, text } of cells) {
    const flat = inOneLine(text.slice(0, Math.min(left, LONGEST_CELL)))
    const name = names?.get(column)
    texts.push(name === undefined ? flat : `${name}: ${flat}`)
    left -= flat.length + (name?.length ?? 0) + 3
    if (left <= 0) break
  }
  return texts.join(' | ')
}

/**
 * The names of the columns, when the first row names them: words that are short and differ, one for each column that is
 * used, above something of another kind, or else above enough rows.
 */
function columnNames(
  first: readonly SheetCell[],
  others: readonly (readonly SheetCell[])[],
): ReadonlyMap<number, string> | undefined {
  if (first.length < 2 || others.length === 0) return undefined
  if (!first.every(({ isText, text }) => isText && text.length <= LONGEST_NAME)) return undefined
  const names = new Map(first.map(({ column, text }) => [column, inOneLine(text)]))
  const plain = [...names.values()]
  if (new Set(plain).size < first.length) return undefined
  const cells = others.flat()
  if (!cells.every(({ column }) => names.has(column)) || cells.length <= others.length) return undefined
  const hasOtherKind = cells.some(({ isText }) => !isText)
  const isPlain =
    others.length >= 3 && plain.every(name => name.length <= LONGEST_PLAIN_NAME && !/[.!?]$/.test(name))
  return hasOtherKind || isPlain ? names : undefined
}

function inOneLine(text: string): string {
  return text.replace(/\s+/g, ' ').trim()
}
