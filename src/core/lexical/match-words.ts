import { hasKey, type KeySet } from '../key-set.ts'
import type { WordMatches, WordQuery } from '../ports/lexical-index.ts'
import { collectBest } from '../ranking/best-keys.ts'
import { inverseDocumentFrequency, normOf } from './bm25.ts'
import { findTerm } from './dictionary.ts'
import type { LiveSegment } from './live-segment.ts'
import { clausesOf, type QueryClause, type Vocabulary } from './query-clauses.ts'
import { type Clause, createWindow } from './running-clause.ts'
import { scoreSegment } from './score-segment.ts'
import { docOf } from './segment.ts'

/** A clause as all segments see it. */
interface WeighedClause extends QueryClause {
  readonly worth: number
  readonly share: number
}

/** The best of all segments, and the keys that are wanted as well, in one walk over the postings. */
export function matchWords(
  { text, limit, also = new Uint32Array(0), within, typing, corrected }: WordQuery,
  segments: readonly LiveSegment[],
  vocabulary: Vocabulary,
): WordMatches {
  const documents = segments.reduce((sum, { alive }) => sum + alive, 0)
  const words = segments.reduce((sum, { livingLength }) => sum + livingLength, 0)
  const clauses = weighed(clausesOf(text, { typing, corrected }, vocabulary), documents)
  const norm = normOf(documents === 0 ? 0 : words / documents)
  const window = createWindow()
  const best = collectBest(limit)
  const scores = new Map<number, number>()
  const coverages = new Map<number, number>()
  for (const live of segments) {
    scoreSegment({
      segment: live.segment,
      clauses: clauses.map(clause => inSegment(clause, live)).filter(({ terms }) => terms.length > 0),
      norm,
      window,
      mayBeFound: findable(live, within),
      wanted: livingDocs(live, also),
      best,
      scored(key, score, coverage) {
        scores.set(key, score)
        coverages.set(key, coverage)
      },
    })
  }
  const { keys } = best.take()
  const all = new Set([...keys, ...also])
  return {
    keys: Uint32Array.from(all),
    scores: Float32Array.from(all, key => scores.get(key) ?? 0),
    coverage: Float32Array.from(all, key => coverages.get(key) ?? 0),
    found: keys.length,
    terms: clauses.flatMap(({ terms }) => terms.map(({ term }) => term)),
  }
}

function weighed(clauses: readonly QueryClause[], documents: number): WeighedClause[] {
  const worths = clauses.map(({ frequency }) => inverseDocumentFrequency(frequency, documents))
  const whole = worths.reduce((sum, worth) => sum + worth, 0)
  return clauses.map((clause, i) => {
    const worth = worths[i] ?? 0
    return { ...clause, worth: worth * clause.occurrences, share: worth / whole }
  })
}

function inSegment({ terms, worth, share }: WeighedClause, { segment }: LiveSegment): Clause {
  const own = terms.map(({ term, weight }) => ({ term: findTerm(segment, term), weight }))
  return { terms: own.filter(({ term }) => term >= 0), worth, share }
}

function findable({ segment, dead }: LiveSegment, within: KeySet | undefined): (doc: number) => boolean {
  if (within === undefined) return doc => dead[doc] === 0
  return doc => dead[doc] === 0 && hasKey(within, segment.keys[doc] as number)
}

/** The living documents of `keys`, ascending. */
function livingDocs({ segment, dead }: LiveSegment, keys: Uint32Array): Uint32Array {
  const docs = Array.from(new Set(keys), key => docOf(segment, key))
  return Uint32Array.from(docs.filter(doc => doc >= 0 && dead[doc] === 0)).toSorted()
}
