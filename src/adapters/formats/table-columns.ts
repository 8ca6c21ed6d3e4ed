import type { ColumnUse } from '../../core/table.ts'

/** One value of a row, an object or a record. */
export interface Cell {
  readonly column: string
  readonly text: string
}

export type CellKind = 'words' | 'number' | 'date' | 'id' | 'address'

/** What a column seems to hold. */
export interface TableColumn {
  readonly name: string
  readonly kind: CellKind
  /** Share of the rows that were looked at, 0 to 1, that say something in it. */
  readonly filled: number
  /** What it is read as while nobody has chosen; one column at most is the title. */
  readonly use: ColumnUse
}

/** In order of preference; in the languages that exported tables are in. */
const TITLE_NAMES = [
  /^(?:title|headline|subject|question|titel|titre|título|titulo|titolo|betreff|frage|sujet|标题|標題|タイトル|заголовок)$/i,
  /^(?:name|full[ _-]?name|display[ _-]?name|product[ _-]?name|nombre|nom|nome|naam|产品名称|名称|名前|название|имя)$/i,
  /(?:^|[ _.-])(?:title|headline|subject|name|label|titel|titre)$/i,
  /(?:Title|Name|Headline|Subject)$/,
  /^(?:label|summary|question[ _-]?text|product|company|place|city|song|book|film|movie|recipe|task|event|term|word)$/i,
]
const ID_NAME =
  /(?:^|[ _.-])(?:id|ids|uuid|guid|hash|sha\d*|md5|key|token|sku|isbn|ean|doi)$|[a-z](?:Id|ID|Uuid)$/i
/** UTF-16 units; a value that is longer names nothing. */
const LONGEST_TITLE = 200
const USUAL_TITLE = 80
const MOST_COLUMNS = 20_000

/** The columns of some rows, in the order in which they first come, with a guess which of them names a row. */
export function columnsOf(rows: readonly (readonly Cell[])[]): TableColumn[] {
  const values = new Map<string, string[]>()
  for (const row of rows) {
    for (const { column, text } of row) {
      const known = values.get(column)
      if (known !== undefined) known.push(text)
      else if (values.size < MOST_COLUMNS) values.set(column, [text])
    }
  }
  const columns = [...values].map(([name, texts]) => {
    const said = texts.map(text => text.trim()).filter(text => text !== '')
    const filled = Math.min(1, said.length / Math.max(1, rows.length))
    return { name, said, filled, kind: kindOfColumn(name, said) }
  })
  const title = titleColumn(columns)
  return columns.map(({ name, kind, filled }) => ({
    name,
    kind,
    filled,
    use: name === title ? 'title' : 'text',
  }))
}

interface Seen {
  readonly name: string
  readonly said: readonly string[]
  readonly filled: number
  readonly kind: CellKind
}

function titleColumn(columns: readonly Seen[]): string | undefined {
  const fit = columns.filter(({ kind, said }) => kind === 'words' && mean(said) <= LONGEST_TITLE)
  for (const pattern of TITLE_NAMES) {
    const named = fit.find(({ name }) => pattern.test(name))
    if (named !== undefined) return named.name
  }
  // Without such a name: the first words that are short and differ from row to row.
  return fit.find(
    ({ said, filled }) =>
      filled >= 0.9 &&
      mean(said) <= USUAL_TITLE &&
      new Set(said).size >= said.length * 0.9 &&
      said.length > 2,
  )?.name
}

function mean(texts: readonly string[]): number {
  return texts.reduce((sum, text) => sum + text.length, 0) / Math.max(1, texts.length)
}

function kindOfColumn(name: string, said: readonly string[]): CellKind {
  const counts = new Map<CellKind, number>()
  for (const text of said) {
    const kind = kindOfValue(text)
    counts.set(kind, (counts.get(kind) ?? 0) + 1)
  }
  const [kind, times] = [...counts].reduce((a, b) => (b[1] > a[1] ? b : a), ['words', 0] as const)
  if (ID_NAME.test(name) && said.every(text => text.length <= 80 && !/\s/.test(text))) return 'id'
  return times >= said.length * 0.8 ? kind : 'words'
}

const NUMBER = /^[-+−(]?\s?[\p{Sc}]?\s?\d[\d.,'\u00A0\u202F ]*\s?(?:[%\p{Sc}‰]|[eE][-+]?\d+|[A-Z]{3})?\)?$/u
const DATE =
  /^\d{1,4}[-/.]\d{1,2}[-/.]\d{1,4}(?:[T ,]+\d{1,2}:\d{2}.{0,20})?$|^\d{1,2}:\d{2}(?::\d{2})?(?:\s?[AaPp][Mm])?$/
const ADDRESS = /^(?:[a-z][a-z\d+.-]*:\/\/|www\.)\S+$|^[^\s@]+@[^\s@]+\.[^\s@.]+$/i
const ID =
  /^(?=\S*\d)[\da-f]{8,}$|^[\da-f]{8}-(?:[\da-f]{4}-){3}[\da-f]{12}$|^[A-Za-z]{0,6}[-_]?\d+(?:[-_]\d+)*$/i

/** What one value is; it has something to say and no space around it. */
export function kindOfValue(text: string): CellKind {
  if (text.length > 300) return 'words'
  if (NUMBER.test(text)) return 'number'
  if (DATE.test(text)) return 'date'
  if (ADDRESS.test(text)) return 'address'
  return ID.test(text) ? 'id' : 'words'
}
