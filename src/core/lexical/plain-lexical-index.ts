/** BM25 as the formula reads: every number is computed again from the texts at every call. The oracle of the fast one. */
import { keysInBoth, keysWithout } from '../combine-keys.ts'
import { hasKey, keySetOf } from '../key-set.ts'
import type { LexicalIndex } from '../ports/lexical-index.ts'
import { inverseDocumentFrequency, normOf } from './bm25.ts'
import { editDistance } from './edit-distance.ts'
import { guessLanguage, type Language, LANGUAGES } from './language.ts'
import { clausesOf, type QueryClause, termsOfWord, type Vocabulary } from './query-clauses.ts'
import { MOST_OCCURRENCES } from './segment.ts'
import { isStopWord } from './stop-words.ts'
import { phraseWordsOf, termOf, termsOf, wordSpans } from './tokenise.ts'

export function createPlainLexicalIndex(): LexicalIndex {
  const texts = new Map<number, string>()

  return {
    async add(keys, added) {
      if (keys.length !== added.length) {
        throw new Error(`expected as many texts as keys, got ${added.length} texts for ${keys.length} keys`)
      }
      keys.forEach((key, i) => texts.set(key, added[i] ?? ''))
    },
    async remove(keys) {
      for (const key of keys) texts.delete(key)
    },
    async match({ text, limit, also = new Uint32Array(0), within, typing, corrected }) {
      const clauses = clausesOf(text, { typing, corrected }, plainVocabulary(texts))
      const mean = meanLength()
      const scored = Array.from(texts.keys(), key => ({ key, score: Math.fround(bm25(clauses, mean, key)) }))
      const found = scored.filter(
        ({ key, score }) => score > 0 && (within === undefined || hasKey(within, key)),
      )
      found.sort((a, b) => b.score - a.score || a.key - b.key)
      const best = found.slice(0, limit).map(({ key }) => key)
      const keys = [...new Set([...best, ...also])]
      return {
        keys: Uint32Array.from(keys),
        scores: Float32Array.from(keys, key => bm25(clauses, mean, key)),
        coverage: Float32Array.from(keys, key => coverage(clauses, key)),
        found: best.length,
        terms: clauses.flatMap(({ terms }) => terms.map(({ term }) => term)),
      }
    },
    async select({ phrases, without }, within = keySetOf(Uint32Array.from(texts.keys()))) {
      const holding = (phrase: string) => {
        const languages = plainVocabulary(texts).languages()
        const keys = [...texts.keys()].filter(key => holds(texts.get(key) ?? '', phrase, languages))
        return keySetOf(Uint32Array.from(keys))
      }
      const wanted = phrases.reduce((keys, phrase) => keysInBoth(keys, holding(phrase)), within)
      return without.reduce((keys, phrase) => keysWithout(keys, holding(phrase)), wanted)
    },
    keys: async () => Uint32Array.from(texts.keys()).toSorted(),
    clear: async () => texts.clear(),
  }

  function bm25(clauses: readonly QueryClause[], mean: number, key: number): number {
    const own = ownTermsOf(texts.get(key) ?? '')
    const { base, perWord } = normOf(mean)
    const norm = base + perWord * lengthOf(texts.get(key) ?? '')
    return clauses.reduce((sum, { terms, occurrences, frequency }) => {
      const counts = terms.map(({ term, weight }) => {
        return weight * Math.min(MOST_OCCURRENCES, own.filter(other => other === term).length)
      })
      const count = Math.min(MOST_OCCURRENCES, sumOf(counts))
      return sum + (occurrences * inverseDocumentFrequency(frequency, texts.size) * count) / (count + norm)
    }, 0)
  }

  function coverage(clauses: readonly QueryClause[], key: number): number {
    const own = ownTermsOf(texts.get(key) ?? '')
    const worths = clauses.map(({ frequency }) => inverseDocumentFrequency(frequency, texts.size))
    const parts = clauses.map(({ terms }, i) => {
      const weights = terms.filter(({ term }) => own.includes(term)).map(({ weight }) => weight)
      return (worths[i] ?? 0) * Math.max(0, ...weights)
    })
    return clauses.length === 0 ? 0 : sumOf(parts) / sumOf(worths)
  }

  function meanLength(): number {
    return sumOf([...texts.values()].map(lengthOf)) / texts.size
  }
}

function plainVocabulary(texts: ReadonlyMap<number, string>): Vocabulary {
  const own = [...texts.values()].map(text => new Set(ownTermsOf(text)))
  const all = new Set(own.flatMap(terms => [...terms]))
  const frequency = (term: string) => own.filter(terms => terms.has(term)).length
  const byFrequency = (terms: readonly string[], limit: number) =>
    terms.toSorted((a, b) => frequency(b) - frequency(a) || (a < b ? -1 : 1)).slice(0, limit)
  return {
    frequency,
    languages() {
      const spoken = new Set([...texts.values()].map(languageOf))
      return LANGUAGES.filter(language => spoken.has(language))
    },
    completions: (prefix, limit) =>
      byFrequency(
        [...all].filter(term => term.startsWith(prefix) && !isStopWord(term)),
        limit,
      ),
    near(text, distance, limit) {
      const candidates = [...all].filter(term => !/[0-9]/.test(term) && editDistance(term, text) <= distance)
      const nearest = Math.min(...candidates.map(term => editDistance(term, text)))
      return byFrequency(
        candidates.filter(term => editDistance(term, text) === nearest),
        limit,
      )
    },
  }
}

/** Whether the words of `phrase` stand one behind another in `text`. */
function holds(text: string, phrase: string, languages: readonly Language[]): boolean {
  const language = languageOf(text)
  const own = wordSpans(text).map(({ word, position }) => ({ term: termOf(word, language), position }))
  const words = phraseWordsOf(phrase)
  const isAt = (start: number) =>
    words.every(({ word, position }) =>
      own.some(one => one.position === start + position && termsOfWord(word, languages).includes(one.term)),
    )
  return words.length > 0 && own.some(({ position }) => isAt(position - (words[0]?.position ?? 0)))
}

function ownTermsOf(text: string): string[] {
  return termsOf(text, languageOf(text))
}

function languageOf(text: string): Language {
  return guessLanguage(wordSpans(text).map(({ word }) => word))
}

function lengthOf(text: string): number {
  return ownTermsOf(text).filter(term => !isStopWord(term)).length
}

function sumOf(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0)
}
