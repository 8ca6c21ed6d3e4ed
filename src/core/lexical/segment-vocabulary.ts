/** What all segments together know about terms. */
import { collectBest } from '../ranking/best-keys.ts'
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
      const counts = new Map<string, number>()
      for (const { segment } of segments()) {
        for (const [term, count] of mostFrequentIn(segment, prefix, 2 * limit)) {
          counts.set(term, (counts.get(term) ?? 0) + count)
        }
      }
      const likely = Array.from(counts).toSorted((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1))
      return mostFrequent(
        likely.slice(0, 2 * limit).map(([term]) => term),
        limit,
      )
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

/** Terms of one segment that begin so, the most frequent with their frequencies: what is rare in each is rare in all. */
function mostFrequentIn(segment: Segment, prefix: string, limit: number): [term: string, count: number][] {
  const [start, end] = termsWithPrefix(segment, prefix)
  const best = collectBest(limit)
  for (let term = start; term < end; term++) best.offer(term, segment.frequencies[term] as number)
  const { keys, scores } = best.take()
  const counted = Array.from(keys, (term, i): [string, number] => [
    termAt(segment, term),
    scores[i] as number,
  ])
  return counted.filter(([term]) => !isStopWord(term))
}
