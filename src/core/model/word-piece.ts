/**
 * WordPiece: each word is cut greedily into the longest known pieces.
 * Wu et al., "Google's Neural Machine Translation System", 2016, §4.1; the greedy form is BERT's.
 */
import { visitWords } from './bert-words.ts'
import type { WordRules } from './bert-words.ts'
import { parseTokenizerFile } from './tokenizer-file.ts'

export interface Tokenizer {
  /** Ids are below this. */
  readonly vocabularySize: number
  /**
   * The first `maxTokens` pieces of `text`. Punctuation and words with unknown characters yield none: a model without
   * attention has no use for a piece that stands for anything.
   */
  encode(text: string, maxTokens: number): Int32Array
}

/** Words met again are not cut again; when so many are known, all are forgotten. */
const CACHED_WORDS = 50_000

const NONE: readonly number[] = []

/** @throws ModelUnsupported when `parsedJson` is not a `tokenizer.json` with BERT's normaliser and WordPiece. */
export function createTokenizer(parsedJson: unknown): Tokenizer {
  const { vocabulary, rules, unknown, continuation, longestWord } = parseTokenizerFile(parsedJson)
  const starts = new Map<string, number>()
  const continuations = new Map<string, number>()
  for (const [piece, id] of vocabulary) {
    if (id === unknown) continue
    starts.set(piece, id)
    if (piece.startsWith(continuation)) continuations.set(piece.slice(continuation.length), id)
  }
  const longestPiece = maximum(starts.keys(), piece => piece.length)
  const cache = new Map<string, readonly number[]>()

  function piecesOf(word: string): readonly number[] {
    const known = cache.get(word)
    if (known !== undefined) return known
    if (cache.size >= CACHED_WORDS) cache.clear()
    const pieces = isTooLong(word, longestWord) ? NONE : cut(word)
    cache.set(word, pieces)
    return pieces
  }

  function cut(word: string): readonly number[] {
    const pieces: number[] = []
    let start = 0
    while (start < word.length) {
      const known = start === 0 ? starts : continuations
      let end = Math.min(word.length, start + longestPiece)
      let id = known.get(word.slice(start, end))
      while (id === undefined && --end > start) id = known.get(word.slice(start, end))
      if (id === undefined) return NONE
      pieces.push(id)
      start = end
    }
    return pieces
  }

  return {
    vocabularySize: 1 + maximum(vocabulary.values(), id => id),
    encode: (text, maxTokens) => encode(text, maxTokens, rules, piecesOf),
  }
}

function encode(
  text: string,
  maxTokens: number,
  rules: WordRules,
  piecesOf: (word: string) => readonly number[],
): Int32Array {
  const ids: number[] = []
  visitWords(text, rules, word => {
    for (const id of piecesOf(word)) ids.push(id)
    return ids.length < maxTokens
  })
  return Int32Array.from(ids.length > maxTokens ? ids.slice(0, maxTokens) : ids)
}

/** Counted in characters, as the reference does. */
function isTooLong(word: string, longestWord: number): boolean {
  if (word.length <= longestWord) return false
  return word.length > 2 * longestWord || Array.from(word).length > longestWord
}

function maximum<T>(values: Iterable<T>, size: (value: T) => number): number {
  let largest = 0
  for (const value of values) largest = Math.max(largest, size(value))
  return largest
}
