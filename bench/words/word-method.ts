/** What every way to search words is asked to do, in a page of its own. */

/** Whole words; a last word that is not finished; a word with two letters swapped. */
export type WordKind = 'words' | 'prefix' | 'typo'

export const WORD_KINDS: readonly WordKind[] = ['words', 'prefix', 'typo']

export interface WordMethod {
  add(keys: readonly number[], texts: readonly string[]): Promise<void> | void
  /** Keys of the best `count`. */
  search(kind: WordKind, text: string, count: number): Promise<readonly number[]> | readonly number[]
  /** Everything into IndexedDB; bytes where they are known. Missing where it cannot. */
  save?(): Promise<number | undefined>
  /** Drops what is there and has back what was saved. */
  load?(): Promise<void>
  /** Bytes as it counts them itself. */
  bytes?(): number
}
