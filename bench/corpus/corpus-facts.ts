/** What a corpus is asked for with, and what is noted of one. */

export interface CorpusRequest {
  readonly passages: number
  /** Of texts; generated text is taken where it is missing. */
  readonly text: string
  readonly seed: number
  /** Below the model's own: vectors are cut short and brought to length 1 again. */
  readonly dimension: number | undefined
}

/** What `corpus.json` says. */
export interface CorpusFacts {
  readonly passages: number
  readonly isReal: boolean
  /** Passages of the first round over the texts, which do not overlap. */
  readonly apart: number
  readonly model: string
  readonly modelDimension: number
  readonly textBytes: number
  readonly seed: number
  /** Sentences of passages that are not among the rows. */
  readonly queries: readonly string[]
  /** Where each page of texts begins in `texts.json`, and where the last one ends. */
  readonly pages: readonly number[]
}

/** Texts read and written at a time. */
export const TEXTS_A_PAGE = 1000
