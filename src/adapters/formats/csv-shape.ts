import { createCsvRows } from './csv-rows.ts'
import { kindOfValue } from './table-columns.ts'

/** How a file of delimited text is laid out, as its beginning shows. */
export interface CsvShape {
  readonly delimiter: string
  /** Lines of the beginning that are no part of the table: what Excel reads as `sep=;`. */
  readonly skip: number
  /** The names of the columns, each once; made up where no row names them. */
  readonly names: readonly string[]
  /** Whether the first row names the columns. */
  readonly hasHeader: boolean
}

const DELIMITERS = [',', '\t', ';', '|', '\u001F']
/** UTF-16 units, and rows, of the beginning that are looked at. */
const SAMPLE = 65_536
const SAMPLE_ROWS = 50
const LONGEST_NAME = 120
const YEAR = /^(?:19|20)\d\d$/

/** @param delimiter Where the file's name says it: `.tsv`. */
export function csvShape(beginning: string, delimiter?: string): CsvShape {
  const head = beginning.slice(0, SAMPLE)
  const separator = /^sep=(.)\r?\n/.exec(head)
  const skip = separator?.[0].length ?? 0
  const told = separator?.[1] ?? delimiter
  const isCut = beginning.length > SAMPLE
  const tried = (told === undefined ? DELIMITERS : [told]).map(candidate => ({
    candidate,
    rows: sampleRows(head.slice(skip), candidate, isCut),
  }))
  const best = tried.reduce((a, b) => (evenness(b.rows) > evenness(a.rows) ? b : a))
  const hasHeader = isHeader(best.rows)
  const width = best.rows.reduce((most, row) => Math.max(most, row.length), 1)
  return {
    delimiter: best.candidate,
    skip,
    hasHeader,
    names: columnNames(hasHeader ? (best.rows[0] ?? []) : [], width),
  }
}

function sampleRows(head: string, delimiter: string, isCut: boolean): string[][] {
  const reader = createCsvRows(delimiter)
  const rows = reader.write(head)
  // The last row of a sample may be cut off; of a file, it is whole.
  if (!isCut || rows.length === 0) rows.push(...reader.end())
  return rows.slice(0, SAMPLE_ROWS)
}

/** Rows that have as many fields as most have, and more than one, count for a delimiter; more fields count a little. */
function evenness(rows: readonly (readonly string[])[]): number {
  const counts = new Map<number, number>()
  for (const { length } of rows) counts.set(length, (counts.get(length) ?? 0) + 1)
  const [width, times] = [...counts].reduce((a, b) => (b[1] > a[1] ? b : a), [1, 0])
  if (width < 2) return 0
  return times / rows.length + Math.min(width, 100) / 1000
}

/**
 * Whether the first row names the columns: short, mostly different, without numbers, dates or addresses, above something of
 * another kind, or above values that are longer or repeat.
 */
function isHeader(rows: readonly (readonly string[])[]): boolean {
  const [first, ...others] = rows
  if (first === undefined || others.length === 0) return false
  const names = first.map(name => name.trim())
  const said = names.filter(name => name !== '')
  if (new Set(said).size < first.length / 2) return false
  if (!said.every(name => name.length <= LONGEST_NAME && (isWords(name) || YEAR.test(name)))) return false
  if (!said.some(isWords)) return false
  const isOther = names.some((_, i) => others.some(row => !isWords(row[i] ?? '')))
  return isOther || looksLikeNames(said) || others.some(row => row.some(value => value.length > LONGEST_NAME))
}

function isWords(value: string): boolean {
  return value.trim() === '' || kindOfValue(value.trim()) === 'words'
}

/** As programs write names: `first_name`, `firstName`, `Name`, `E-mail`; not as people write values. */
function looksLikeNames(names: readonly string[]): boolean {
  return names.every(name => name.length <= 40 && !/[.!?,]$/.test(name) && name.split(/\s+/).length <= 4)
}

/** Each name once: a second `Note` is `Note 2`; a column without one is `Column 3`. */
function columnNames(header: readonly string[], width: number): string[] {
  const names = new Set<string>()
  for (let i = 0; i < Math.max(width, header.length); i++) {
    const name = (header[i] ?? '').replace(/\s+/g, ' ').trim().slice(0, LONGEST_NAME) || `Column ${i + 1}`
    let unique = name
    for (let n = 2; names.has(unique); n++) unique = `${name} ${n}`
    names.add(unique)
  }
  return [...names]
}
