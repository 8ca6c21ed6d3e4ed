/** From files to pieces: learns the tokenizer and turns every pair and paragraph into ids. */
import { normalise, UNCASED, visitWords } from '../src/core/model/bert-words.ts'
import type { Tokenizer } from '../src/core/model/word-piece.ts'
import { inverseClozeSource, pairSource } from '../src/core/training/batch-sources.ts'
import type { BatchSource } from '../src/core/training/batch-sources.ts'
import type { PairLists } from '../src/core/training/pair-pool.ts'
import type { TokenStore } from '../src/core/training/token-store.ts'
import { learnPieces } from '../src/core/training/piece-vocabulary.ts'
import type { Random } from '../src/core/training/random.ts'
import { sentencesOf } from '../src/core/training/sentences.ts'
import { createTokenStore } from '../src/core/training/token-store.ts'
import type { Pair, Source } from './read-sources.ts'
import { RECIPE, TEXT_WEIGHT, weightOfPairs } from './recipe.ts'

/** Rarer words say nothing about good pieces; rarer characters get no piece. */
const LEAST_WORD_COUNT = 3
const LEAST_CHARACTER_COUNT = 100
const LONGEST_WORD = 100

/** The contents of a `tokenizer.json`: no piece 0 (padding), no piece 1 (unknown), then the pieces. */
export function learnTokenizer(
  pairs: readonly Source<Pair>[],
  texts: readonly Source<string>[],
  size: number,
): unknown {
  const counts = new Map<string, number>()
  const count = (text: string): void =>
    visitWords(text, UNCASED, word => {
      if (word.length <= LONGEST_WORD) counts.set(word, (counts.get(word) ?? 0) + 1)
      return true
    })
  for (const { items } of pairs) {
    for (const { query, positive } of items) {
      count(query)
      count(positive)
    }
  }
  for (const { items } of texts) for (const text of items) count(text)
  const frequent = new Map([...counts].filter(([, n]) => n >= LEAST_WORD_COUNT))
  const pieces = ['[PAD]', '[UNK]', ...learnPieces(frequent, size - 2, LEAST_CHARACTER_COUNT)]
  return tokenizerFile(pieces)
}

/** In the layout of Hugging Face's tokenizers. */
export function tokenizerFile(pieces: readonly string[]): unknown {
  return {
    version: '1.0',
    truncation: null,
    padding: null,
    added_tokens: [],
    normalizer: {
      type: 'BertNormalizer',
      clean_text: UNCASED.cleanText,
      handle_chinese_chars: UNCASED.splitChinese,
      strip_accents: UNCASED.stripAccents,
      lowercase: UNCASED.lowercase,
    },
    pre_tokenizer: { type: 'BertPreTokenizer' },
    post_processor: null,
    decoder: { type: 'WordPiece', prefix: '##', cleanup: true },
    model: {
      type: 'WordPiece',
      unk_token: '[UNK]',
      continuing_subword_prefix: '##',
      max_input_chars_per_word: LONGEST_WORD,
      vocab: Object.fromEntries(pieces.map((piece, id) => [piece, id])),
    },
  }
}

export interface Prepared {
  readonly store: TokenStore
  /** The sources of pairs, in the order of `sources`. */
  readonly listed: readonly ListedSource[]
  readonly sources: readonly BatchSource[]
  /** How often each piece occurs on the documents' side. */
  readonly pieceCounts: Float64Array
}

/** The rows of a source, and where their texts stand in the store. */
export interface ListedSource {
  readonly name: string
  readonly items: readonly Pair[]
  readonly lists: readonly PairLists[]
}

export function prepareSources(
  tokenizer: Tokenizer,
  pairs: readonly Source<Pair>[],
  texts: readonly Source<string>[],
  random: Random,
): Prepared {
  const store = createTokenStore()
  const pieceCounts = new Float64Array(tokenizer.vocabularySize)
  const { maxTokens } = RECIPE
  const addDocument = (text: string): number => {
    const ids = tokenizer.encode(text, maxTokens.document)
    for (const id of ids) pieceCounts[id] = (pieceCounts[id] ?? 0) + 1
    return store.add(ids)
  }
  const listed: ListedSource[] = []
  const fromPairs = pairs.map(({ name, items }) => {
    const pairs = items.map(({ query, positive }) => ({
      query: store.add(tokenizer.encode(query, maxTokens.query)),
      document: addDocument(positive),
    }))
    listed.push({ name, items, lists: pairs })
    const lists = Int32Array.from(pairs.flatMap(({ query, document }) => [query, document]))
    return pairSource(name, weightOfPairs(name, items.length), store, lists, random)
  })
  const fromTexts = texts.map(({ name, items }) => {
    const lists: number[] = []
    for (const paragraph of items) {
      const numbers = sentencesOf(paragraph).map(addDocument)
      lists.push(numbers[0] ?? 0, (numbers.at(-1) ?? -1) + 1)
    }
    const weight = TEXT_WEIGHT * items.length
    return inverseClozeSource(`${name} (inverse cloze)`, weight, store, Int32Array.from(lists), random)
  })
  return { store, listed, sources: [...fromPairs, ...fromTexts], pieceCounts }
}

/** Paragraphs of at least three sentences that can be used for inverse cloze, `cap` of each text, chosen at random. */
export function chooseParagraphs(
  texts: readonly Source<string>[],
  cap: number,
  random: Random,
): Source<string>[] {
  return texts.map(({ name, items }) => {
    const chosen: string[] = []
    for (const paragraph of random.shuffle([...items])) {
      if (chosen.length === cap) break
      if (sentencesOf(normalise(paragraph, { ...UNCASED, lowercase: false })).length >= 3)
        chosen.push(paragraph)
    }
    return { name, items: chosen }
  })
}
