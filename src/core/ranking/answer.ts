/** What a search answers with: results (documents), each with its hits (passages). */
import type { DocumentId } from '../document.ts'
import type { SearchPath } from '../ports/vector-index.ts'

/** `[start, end)` in UTF-16 units of the text it belongs to. */
export interface Span {
  readonly start: number
  readonly end: number
}

export type Strength = 'strong' | 'fair' | 'weak'

export interface Hit {
  /** Which passage of the document. */
  readonly passage: number
  /** Where it stands in the document's text. */
  readonly span: Span
  readonly trail: readonly string[]
  /** Where it begins, in what has pages, slides or sheets. */
  readonly page?: number
  /** The passage, or the part of it worth showing, and the words of the query in it. */
  readonly text: string
  readonly words: readonly Span[]
  /** The sentence of `text` nearest in meaning, when no better mark is known. */
  readonly sentence: Span | undefined
  readonly strength: Strength
  /** Cosine, BM25 score and the fused score, for *Why this?*. */
  readonly dense: number
  readonly lexical: number
  readonly fused: number
}

export interface SearchResult {
  readonly id: DocumentId
  readonly title: string
  readonly path: string
  /** Best first, at most three. */
  readonly hits: readonly Hit[]
  /** Documents that were found as well and say nearly the same, best first; missing where there is none. */
  readonly alike?: readonly SearchResult[]
}

/** A condition that nothing fulfils, as it was typed. */
export interface Unmatched {
  readonly what: 'document' | 'passage'
  readonly condition: string
}

export interface SearchAnswer {
  /** Best first. */
  readonly results: readonly SearchResult[]
  /** False while more results, or the marks of the first ones, are on their way in a second answer. */
  readonly isWhole: boolean
  /** `none`: nothing here says that, and the results are the nearest. */
  readonly strength: Strength | 'none'
  /** Until the first results were there. */
  readonly milliseconds: number
  readonly documents: number
  readonly passages: number
  /** How the nearest by meaning were found; `undefined` when words alone were searched. */
  readonly path?: SearchPath | undefined
  /** Why nothing was found, where a phrase, a word to leave out or a filter is the reason. */
  readonly unmatched?: Unmatched | undefined
}
