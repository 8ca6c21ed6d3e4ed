/** What a query asks for: a clause for each of its words, with the terms that answer to it. */
import { type Language, LANGUAGES } from './language.ts'
import { queryWordsOf, termOf } from './tokenise.ts'

export interface QueryTerm {
  readonly term: string
  /** 1 for the word itself, less for what it is only taken for. */
  readonly weight: number
}

export interface QueryClause {
  readonly terms: readonly QueryTerm[]
  /** How often the word was typed. */
  readonly occurrences: number
  /** In how many documents it is taken to be: what makes it rare or common. */
  readonly frequency: number
}

/** What an index knows about its terms. */
export interface Vocabulary {
  /** Languages that some document is in. */
  languages(): readonly Language[]
  /** In how many documents a term is. */
  frequency(term: string): number
  /** Terms that begin so and are no stop words, the most frequent first. */
  completions(prefix: string, limit: number): string[]
  /** The nearest terms within an edit distance, the most frequent of them first. */
  near(term: string, distance: number, limit: number): string[]
}

/** Terms that an unfinished word may stand for, and a misspelt one. */
const MOST_COMPLETIONS = 32
const MOST_CORRECTIONS = 8
/** Letters of a word that may be unfinished. */
const LEAST_PREFIX = 2
/** A word that is known is taken for the beginning of another when that is so many times as frequent. */
const MUCH_MORE_FREQUENT = 10
/** What a guess counts. */
const GUESS = 0.5

/** What may be guessed: that a last word which ends the text is unfinished, and that the only unknown word is misspelt. */
export interface Guesses {
  readonly typing?: boolean | undefined
  readonly corrected?: boolean | undefined
}

export function clausesOf(text: string, guesses: Guesses, vocabulary: Vocabulary): QueryClause[] {
  const languages = vocabulary.languages()
  const clauses = new Map<string, QueryClause>()
  const words = queryWordsOf(text)
  const isUnknown = (word: string) => total(termsOfWord(word, languages), vocabulary) === 0
  // One slip of the fingers is likely; several unknown words are other words for what the documents say.
  const unknown = new Set(words.map(({ word }) => word).filter(isUnknown))
  const corrected = guesses.corrected === true && unknown.size === 1
  for (const { word, end } of words) {
    const isUnfinished = guesses.typing === true && end === text.length
    const own = termsOfWord(word, languages)
    const terms = guessed(word, own, { typing: isUnfinished, corrected }, vocabulary)
    const id = terms.map(({ term, weight }) => `${term}:${weight}`).join(' ')
    const occurrences = (clauses.get(id)?.occurrences ?? 0) + 1
    clauses.set(id, { terms, occurrences, frequency: frequencyOf(terms, vocabulary) })
  }
  return [...clauses.values()]
}

/** The terms that a word has in documents of these languages. */
export function termsOfWord(word: string, languages: readonly Language[]): string[] {
  const spoken = languages.length > 0 ? languages : LANGUAGES.slice(1, 2)
  return [...new Set(spoken.map(language => termOf(word, language)))]
}

function guessed(
  word: string,
  own: readonly string[],
  { typing, corrected }: Guesses,
  vocabulary: Vocabulary,
): QueryTerm[] {
  const known = total(own, vocabulary)
  const completions = typing === true ? completionsOf(word, own, vocabulary) : []
  if (known > 0) {
    const more = completions.some(term => vocabulary.frequency(term) >= MUCH_MORE_FREQUENT * known)
    return [...own.map(exactly), ...(more ? completions.map(asGuess) : [])]
  }
  if (completions.length > 0) return completions.map(exactly)
  const corrections = corrected === true ? correctionsOf(word, own, vocabulary) : []
  return corrections.length > 0 ? corrections.map(asGuess) : own.map(exactly)
}

function completionsOf(word: string, own: readonly string[], vocabulary: Vocabulary): string[] {
  if (word.length < LEAST_PREFIX) return []
  return vocabulary.completions(word, MOST_COMPLETIONS).filter(term => !own.includes(term))
}

/** Short words and numbers are never taken for others: too many are near. */
function correctionsOf(word: string, own: readonly string[], vocabulary: Vocabulary): string[] {
  if (word.length < 4 || /\p{N}/u.test(word)) return []
  const distance = word.length < 8 ? 1 : 2
  return [...new Set(own.flatMap(term => vocabulary.near(term, distance, MOST_CORRECTIONS)))]
}

/** That of the word itself, else of what it is taken for; a document with two of its terms counts twice. */
function frequencyOf(terms: readonly QueryTerm[], vocabulary: Vocabulary): number {
  const itself = terms.filter(({ weight }) => weight === 1)
  return total(
    (itself.length > 0 ? itself : terms).map(({ term }) => term),
    vocabulary,
  )
}

function total(terms: readonly string[], vocabulary: Vocabulary): number {
  return terms.reduce((sum, term) => sum + vocabulary.frequency(term), 0)
}

function exactly(term: string): QueryTerm {
  return { term, weight: 1 }
}

function asGuess(term: string): QueryTerm {
  return { term, weight: GUESS }
}
