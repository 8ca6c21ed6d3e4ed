import type { KeySet } from '../key-set.ts'
import type { Saveable } from '../snapshot.ts'

/** What is looked for by its words. */
export interface WordQuery {
  readonly text: string
  /** How many of the best are wanted. */
  readonly limit: number
  /** Keys whose scores are wanted too, whatever they are. */
  readonly also?: Uint32Array
  /** Nothing else is found; everything is, where it is left out. `also` is not concerned. */
  readonly within?: KeySet | undefined
  /** Somebody is typing: a last word that ends the text may be unfinished. */
  readonly typing?: boolean
  /** A word that no document has, if it is the only one, is taken for the nearest that some have. */
  readonly corrected?: boolean
}

/** The best, best first (ties go to the smaller key), and behind them those of `also` that are not among them. */
export interface WordMatches {
  readonly keys: Uint32Array
  /** BM25 scores; 0 for an unknown key, and above 0 for the best. */
  readonly scores: Float32Array
  /** Share, 0 to 1, of the query's idf that the words of each passage make up. */
  readonly coverage: Float32Array
  /** How many are the best. */
  readonly found: number
  /** What was looked for: the terms of the query's words, and those that they were taken for. */
  readonly terms: readonly string[]
}

/** What a passage must hold, and what it must not. A phrase is one or more words in a row, in any of their forms. */
export interface PhraseConditions {
  readonly phrases: readonly string[]
  readonly without: readonly string[]
}

/** Words by key. */
export interface LexicalIndex {
  /** A key that is already there gets the new text. */
  add(keys: Uint32Array, texts: readonly string[]): Promise<void>
  remove(keys: Uint32Array): Promise<void>
  /** One walk over the postings. */
  match(query: WordQuery): Promise<WordMatches>
  /** The keys of `within` (of all, where it is left out) that fulfil the conditions. */
  select(conditions: PhraseConditions, within?: KeySet): Promise<KeySet>
  keys(): Promise<Uint32Array>
  clear(): Promise<void>
  /** Missing where it is always filled from the library. */
  readonly saveable?: Saveable
}
