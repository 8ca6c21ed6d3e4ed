/**
 * What the lexical index is compared with: BM25 that adds up the score of every document with a word of the query, over
 * uncompressed postings, once for each of its three questions. Knows no phrases, filters, prefixes and misspellings.
 */
import { B, K1 } from '../../src/core/lexical/bm25.ts'
import { isStopWord } from '../../src/core/lexical/stop-words.ts'
import { queryTermsOf, termsOf } from '../../src/core/lexical/tokenise.ts'
import type { Neighbours } from '../../src/core/ports/vector-index.ts'
import { collectBest } from '../../src/core/ranking/best-keys.ts'
import { createPostingLists, MOST_SLOTS, type PostingLists } from './posting-lists.ts'
import { createSlots } from './slots.ts'

/** A term of a query: its number in the postings (-1 where no document has it), its idf, how often it was typed. */
interface QueryTerm {
  readonly termNumber: number
  readonly idf: number
  readonly occurrences: number
}

export interface ScoreEverythingIndex {
  add(keys: Uint32Array, texts: readonly string[]): Promise<void>
  remove(keys: Uint32Array): Promise<void>
  search(query: string, limit: number): Promise<Neighbours>
  score(query: string, keys: Uint32Array): Promise<Float32Array>
  coverage(query: string, keys: Uint32Array): Promise<Float32Array>
}

export function createScoreEverythingIndex(): ScoreEverythingIndex {
  let slots = createSlots()
  let postings: PostingLists = createPostingLists()
  /** One number per slot, all 0 between two calls. */
  let accumulator = new Float64Array(0)

  return {
    async add(keys, texts) {
      if (keys.length !== texts.length) {
        throw new Error(`expected as many texts as keys, got ${texts.length} texts for ${keys.length} keys`)
      }
      if (slots.alive() + keys.length > MOST_SLOTS) {
        throw new Error(`expected at most ${MOST_SLOTS} texts, got ${keys.length} more than ${slots.alive()}`)
      }
      keys.forEach((key, i) => addText(key, texts[i] ?? ''))
      compactIfWorthwhile()
    },

    async remove(keys) {
      for (const key of keys) slots.remove(key)
      compactIfWorthwhile()
    },

    async search(query, limit) {
      const best = collectBest(limit)
      const touched = accumulate(query)
      for (const slot of touched) {
        best.offer(slots.keyAt(slot), accumulator[slot] as number)
        accumulator[slot] = 0
      }
      return best.take()
    },

    async score(query, keys) {
      const touched = accumulate(query)
      const scores = Float32Array.from(keys, key => accumulator[slots.slotOf(key)] ?? 0)
      for (const slot of touched) accumulator[slot] = 0
      return scores
    },

    async coverage(query, keys) {
      const terms = queryTerms(query)
      const whole = terms.reduce((sum, term) => sum + term.idf, 0)
      if (whole === 0) return new Float32Array(keys.length)
      const touched = addUp(terms, term => () => term.idf / whole)
      const shares = Float32Array.from(keys, key => accumulator[slots.slotOf(key)] ?? 0)
      for (const slot of touched) accumulator[slot] = 0
      return shares
    },
  }

  function addText(key: number, text: string): void {
    if (slots.size() === MOST_SLOTS) compact()
    const slot = slots.add(key)
    let length = 0
    for (const term of termsOf(text)) {
      postings.count(term, slot)
      if (!isStopWord(term)) length++
    }
    slots.setLength(slot, length)
  }

  /** Adds every document's BM25 score up in the accumulator; returns the slots that have one. */
  function accumulate(query: string): number[] {
    const meanLength = slots.meanLength()
    const base = K1 * (1 - B)
    const perWord = meanLength > 0 ? (K1 * B) / meanLength : 0
    return addUp(queryTerms(query), ({ idf, occurrences }) => {
      const weight = idf * occurrences
      return (slot, frequency) => (weight * frequency) / (frequency + base + perWord * slots.lengthAt(slot))
    })
  }

  function addUp(
    terms: readonly QueryTerm[],
    gainOf: (term: QueryTerm) => (slot: number, frequency: number) => number,
  ): number[] {
    if (accumulator.length < slots.size()) accumulator = new Float64Array(slots.size() * 2)
    const touched: number[] = []
    for (const term of terms) {
      if (term.termNumber < 0) continue
      const gain = gainOf(term)
      postings.visit(term.termNumber, (slot, frequency) => {
        if (!slots.isAlive(slot)) return
        if (accumulator[slot] === 0) touched.push(slot)
        accumulator[slot] = (accumulator[slot] as number) + gain(slot, frequency)
      })
    }
    return touched
  }

  function queryTerms(query: string): QueryTerm[] {
    const occurrences = new Map<string, number>()
    for (const term of queryTermsOf(query)) occurrences.set(term, (occurrences.get(term) ?? 0) + 1)
    return Array.from(occurrences, ([term, count]) => {
      const termNumber = postings.find(term)
      return { termNumber, idf: inverseDocumentFrequency(livePostings(termNumber)), occurrences: count }
    })
  }

  function livePostings(termNumber: number): number {
    if (termNumber < 0) return 0
    if (slots.alive() === slots.size()) return postings.length(termNumber)
    let count = 0
    postings.visit(termNumber, slot => {
      if (slots.isAlive(slot)) count++
    })
    return count
  }

  function inverseDocumentFrequency(frequency: number): number {
    return Math.log(1 + (slots.alive() - frequency + 0.5) / (frequency + 0.5))
  }

  function compactIfWorthwhile(): void {
    const dead = slots.size() - slots.alive()
    if (dead > 64 && dead * 3 > slots.size()) compact()
  }

  function compact(): void {
    const { slots: living, places } = slots.compacted()
    postings = postings.renumbered(places)
    slots = living
  }
}
