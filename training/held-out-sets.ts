/** Retrieval sets made of the sources that are never trained on. */
import type { EvaluationSet } from '../src/core/evaluation/beir.ts'
import type { Pair, Source } from './read-sources.ts'

/** Documents are the distinct positives; a query's answers are the positives that it has in any row. */
export function heldOutSet({ name, items }: Source<Pair>, mostQueries: number): EvaluationSet {
  const places = new Map<string, number>()
  const answers = new Map<string, Map<number, number>>()
  for (const { query, positive } of items) {
    const place = places.get(positive) ?? places.size
    places.set(positive, place)
    answers.set(query, (answers.get(query) ?? new Map<number, number>()).set(place, 1))
  }
  const queries = [...answers].slice(0, mostQueries).map(([text, grades]) => ({ text, grades }))
  return { name, documents: [...places.keys()], queries }
}
