/** UTF-16 units of a field; a quotation mark that is never closed would otherwise swallow the rest of the file. */
export const LONGEST_FIELD = 1_000_000
/** Fields of one row; the others are left out. */
const MOST_FIELDS = 16_384

const QUOTE = 34
const NEWLINE = 10
const RETURN = 13

/** Takes a table piece by piece and gives the rows that are complete. */
export interface CsvRows {
  write(text: string): string[][]
  /** What is left: a last row without a line end. */
  end(): string[][]
  /** Number of the row, from 1, in which a quotation mark was not closed, or a field was too long. */
  broken(): number | undefined
}

/**
 * Reads delimited text (RFC 4180) as it comes, in time linear in its length whatever it holds. Rows end with `\n`, `\r`
 * or `\r\n`; empty lines give no row. What stands behind a closing quotation mark belongs to the field, as Excel has it.
 * @param delimiter One UTF-16 unit.
 */
export function createCsvRows(delimiter: string): CsvRows {
  const separator = delimiter.charCodeAt(0)
  let rows: string[][] = []
  let row: string[] = []
  let field = ''
  let count = 0
  let brokenRow: number | undefined
  /** Whether a quotation mark is open, and whether the last character may have closed it. */
  let quoted = false
  let closing = false
  let afterReturn = false

  const endField = () => {
    if (row.length < MOST_FIELDS) row.push(field)
    field = ''
  }
  const endRow = () => {
    if (row.length > 0 || field !== '' || closing) {
      endField()
      rows.push(row)
      row = []
      count++
    }
    closing = false
  }
  const take = (text: string) => {
    field += text
    if (field.length <= LONGEST_FIELD) return
    brokenRow ??= count + 1
    quoted = false
    endField()
  }
  /** Reads inside quotation marks from `at`, and gives where it stopped. */
  const readQuoted = (text: string, at: number): number => {
    const end = text.indexOf('"', at)
    const to = Math.min(end < 0 ? text.length : end, at + LONGEST_FIELD)
    take(text.slice(at, to))
    if (to !== end) return to
    quoted = false
    closing = true
    return end + 1
  }
  /** Reads up to what ends a field, and that. */
  const readPlain = (text: string, at: number): number => {
    let to = at
    const most = Math.min(text.length, at + LONGEST_FIELD)
    while (to < most && !ends(text.charCodeAt(to), separator)) to++
    if (to > at) take(text.slice(at, to))
    if (to === most) return to
    const code = text.charCodeAt(to)
    if (code === separator) {
      endField()
      closing = false
    } else endRow()
    afterReturn = code === RETURN
    return to + 1
  }
  const step = (text: string, at: number): number => {
    if (quoted) return readQuoted(text, at)
    const code = text.charCodeAt(at)
    if (afterReturn && code === NEWLINE) {
      afterReturn = false
      return at + 1
    }
    afterReturn = false
    if (code === QUOTE && closing && field.length <= LONGEST_FIELD) {
      // Two in a row stand for one.
      take('"')
      quoted = true
      closing = false
      return at + 1
    }
    if (code === QUOTE && field === '') {
      quoted = true
      return at + 1
    }
    if (closing && !ends(code, separator)) closing = false
    return readPlain(text, at)
  }
  const given = () => {
    const found = rows
    rows = []
    return found
  }

  return {
    write(text) {
      for (let at = 0; at < text.length; ) at = step(text, at)
      return given()
    },
    end() {
      if (quoted) brokenRow ??= count + 1
      endRow()
      return given()
    },
    broken: () => brokenRow,
  }
}

function ends(code: number, separator: number): boolean {
  return code === separator || code === NEWLINE || code === RETURN
}
