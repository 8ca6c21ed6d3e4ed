/** What all segments together know about terms. */
import { termAt, termsWithPrefix } from './dictionary.ts'
import { LANGUAGES } from './language.ts'
import { type LiveSegment, livingFrequency } from './live-segment.ts'
import type { Vocabulary } from './query-clauses.ts'
import type { Segment } from './segment.ts'
import { isStopWord } from './stop-words.ts'
import { termsNear } from './terms-near.ts'

export function createVocabulary(segments: () => readonly LiveSegment[]): Vocabulary {
  const frequency = (term: string) => segments().reduce((sum, live) => sum + livingFrequency(live, term), 0)

  /** Those of `terms` that living documents have, the most frequent first. */
  function mostFrequent(terms: Iterable<string>, limit: number): string[] {
    const counted = Array.from(terms, term => ({ term, count: frequency(term) }))
    const living = counted.filter(({ count }) => count > 0)
    living.sort((a, b) => b.count - a.count || (a.term < b.term ? -1 : 1))
    return living.slice(0, limit).map(({ term }) => term)
  }

  return {
    frequency,

    languages: () =>
      LANGUAGES.filter((_, i) => segments().some(({ byLanguage }) => (byLanguage[i] as number) > 0)),

    completions(prefix, limit) {
      const terms = segments().flatMap(({ segment }) => mostFrequentIn(segment, prefix, 2 * limit))
      return mostFrequent(new Set(terms), limit)
    },

    near(text, distance, limit) {
      const distances = new Map<string, number>()
      for (const { segment } of segments()) {
        for (const { term, distance: own } of termsNear(segment, text, distance)) {
          distances.set(termAt(segment, term), own)
        }
      }
      for (let allowed = 0; allowed <= distance; allowed++) {
        const nearest = [...distances].filter(([, own]) => own === allowed).map(([term]) => term)
        const living = mostFrequent(nearest, limit)
        if (living.length > 0) return living
      }
      return []
    },
  }
}

/** Terms of one segment that begin so, the most frequent first: what is rare in each is rare in all. */
function mostFrequentIn(segment: Segment, prefix: string, limit: number): string[] {
  const [start, end] = termsWithPrefix(segment, prefix)
  const { frequencies } = segment
  const terms = Uint32Array.from({ length: end - start }, (_, i) => start + i)
  if (terms.length > limit) terms.sort((a, b) => (frequencies[b] as number) - (frequencies[a] as number))
  return Array.from(terms.subarray(0, limit), term => termAt(segment, term)).filter(term => !isStopWord(term))
}
