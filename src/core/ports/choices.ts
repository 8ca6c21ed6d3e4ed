import type { TableChoice } from '../table.ts'

/** How somebody wants tables to be read, one choice for each kind of table. */
export interface TableChoices {
  all(): Promise<TableChoice[]>
  /** Instead of what was chosen for these tables before. */
  put(choice: TableChoice): Promise<void>
  /** They are read as Belfry guesses, again. */
  drop(table: string): Promise<void>
  clear(): Promise<void>
}

/** The tabs in which somebody has paused adding; they stay listed when they end. */
export interface PausedTabs {
  all(): Promise<string[]>
  put(tab: string): Promise<void>
  drop(tabs: readonly string[]): Promise<void>
}

export interface Choices {
  readonly tables: TableChoices
  readonly paused: PausedTabs
}
