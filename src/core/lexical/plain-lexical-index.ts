/** BM25 as the formula reads: every number is computed again from the texts at every call. The oracle of the fast one. */
import type { LexicalIndex, Neighbours } from '../ports.ts'
import { B, K1 } from './bm25-index.ts'
import { MOST_OCCURRENCES } from './posting-lists.ts'
import { isStopWord } from './stop-words.ts'
import { queryTermsOf, termsOf } from './tokenise.ts'

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
    async search(query, limit) {
      const scored = Array.from(texts.keys(), key => ({ key, score: Math.fround(bm25(query, key)) }))
      const found = scored.filter(({ score }) => score > 0)
      found.sort((a, b) => b.score - a.score || a.key - b.key)
      return neighbours(found.slice(0, limit))
    },
    score: async (query, keys) => Float32Array.from(keys, key => bm25(query, key)),
    async coverage(query, keys) {
      const terms = [...new Set(queryTermsOf(query))]
      const whole = terms.reduce((sum, term) => sum + idf(term), 0)
      return Float32Array.from(keys, key => {
        const own = termsOf(texts.get(key) ?? '')
        const part = terms.filter(term => own.includes(term)).reduce((sum, term) => sum + idf(term), 0)
        return whole === 0 ? 0 : part / whole
      })
    },
    keys: async () => Uint32Array.from(texts.keys()).toSorted(),
    clear: async () => texts.clear(),
  }

  function bm25(query: string, key: number): number {
    const own = termsOf(texts.get(key) ?? '')
    const norm = K1 * (1 - B + (B * lengthOf(own)) / meanLength())
    return queryTermsOf(query).reduce((sum, term) => {
      const frequency = Math.min(own.filter(other => other === term).length, MOST_OCCURRENCES)
      return frequency === 0 ? sum : sum + (idf(term) * frequency) / (frequency + norm)
    }, 0)
  }

  function idf(term: string): number {
    const frequency = [...texts.values()].filter(text => termsOf(text).includes(term)).length
    return Math.log(1 + (texts.size - frequency + 0.5) / (frequency + 0.5))
  }

  /** At least 1: where all texts are empty or of stop words alone, their length (0) must not be divided by 0. */
  function meanLength(): number {
    const total = [...texts.values()].reduce((sum, text) => sum + lengthOf(termsOf(text)), 0)
    return total === 0 ? 1 : total / texts.size
  }
}

function lengthOf(terms: readonly string[]): number {
  return terms.filter(term => !isStopWord(term)).length
}

function neighbours(found: readonly { key: number; score: number }[]): Neighbours {
  return {
    keys: Uint32Array.from(found, ({ key }) => key),
    scores: Float32Array.from(found, ({ score }) => score),
  }
}
