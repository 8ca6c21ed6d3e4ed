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

/** The uses that differ from text, in the order of the columns: equal choices are equal texts. */
export function essentialUses(uses: ColumnUses): ColumnUses {
  return uses.filter(([, use]) => use !== 'text')
}
