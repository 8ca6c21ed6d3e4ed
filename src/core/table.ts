/** Tables whose rows are passages, and what somebody has chosen their columns to be. */

/**
 * What a column is read as. A row is called by its `title`; `tags` and a `date` stand beside it, above all that the row
 * says; `text` is what it says.
 */
export type ColumnUse = 'title' | 'text' | 'tags' | 'date' | 'nothing'

/** By the names of columns. Those that are not named are text. */
export type ColumnUses = readonly (readonly [column: string, use: ColumnUse])[]

/** How somebody wants certain tables to be read. */
export interface TableChoice {
  /** As `tableKey` gives it. */
  readonly table: string
  readonly uses: ColumnUses
}

/** The beginning of a table. */
export interface TableHead {
  /** As `tableKey` gives it. */
  readonly table: string
  /** With what each is read as while nobody has chosen. */
  readonly columns: readonly { readonly name: string; readonly use: ColumnUse }[]
  /** The first rows: the text of each column, empty where it says nothing. */
  readonly rows: readonly (readonly string[])[]
}

/**
 * What tables that are read alike have in common: the names of their columns, in any order. Names that were made up say
 * nothing, so that a table without names shares its key with files of its own name only.
 *
 * @param named Whether the names are the table's own.
 */
export function tableKey(columns: readonly string[], named: boolean, fileName: string): string {
  return JSON.stringify(named ? columns.toSorted() : [fileName, columns.length])
}

/** Less the columns that are text, of which a file may have more than its beginning shows. */
export function essentialUses(uses: ColumnUses): ColumnUses {
  return uses.filter(([, use]) => use !== 'text')
}

/** Whether the table is read like this anyway. */
export function isGuess({ columns }: TableHead, uses: ColumnUses): boolean {
  const chosen = new Map(uses)
  return columns.every(({ name, use }) => (chosen.get(name) ?? 'text') === use)
}

/** Whether a file may be a table, as far as its name tells. */
export function isTableName(name: string): boolean {
  return /\.(?:csv|tsv|tab|jsonl|ndjson|json|geojson)$/i.test(name)
}
