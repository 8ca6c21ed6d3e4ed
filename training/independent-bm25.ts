/**
 * BM25 in forty lines that share nothing with the lexical index: plain maps, and terms of its own unless given others. What
 * the index is validated against.
 */
export type Terms = (text: string) => readonly string[]

const STOP_WORDS = new Set(
  'a an and are as at be but by for from has have in is it its not of on or that the this to was were which with'.split(
    ' ',
  ),
)

/** Lower-case ASCII words less the most common ones, and the endings that matter most. */
export const plainTerms: Terms = text =>
  (text.toLowerCase().match(/[a-z0-9]+/g) ?? [])
    .filter(word => !STOP_WORDS.has(word))
    .map(word => (word.length > 4 ? word.replace(/(?:ing|ed|es|s)$/, '') : word))

export type Ranked = readonly { readonly document: number; readonly score: number }[]

/** Returns a search over `documents`: every document with a term of the query, best first. */
export function independentBm25(documents: readonly string[], terms: Terms, k1 = 0.9, b = 0.4) {
  const counts = new Map<string, Map<number, number>>()
  const lengths = documents.map((text, document) => {
    const own = terms(text)
    for (const term of own) {
      const count = counts.get(term) ?? new Map<number, number>()
      counts.set(term, count.set(document, (count.get(document) ?? 0) + 1))
    }
    return own.length
  })
  const mean = lengths.reduce((sum, length) => sum + length, 0) / documents.length
  return (query: string): Ranked => {
    const scores = new Map<number, number>()
    for (const term of terms(query)) {
      const count = counts.get(term) ?? new Map<number, number>()
      const idf = Math.log(1 + (documents.length - count.size + 0.5) / (count.size + 0.5))
      for (const [document, frequency] of count) {
        const norm = k1 * (1 - b + (b * (lengths[document] ?? 0)) / mean)
        scores.set(document, (scores.get(document) ?? 0) + (idf * frequency) / (frequency + norm))
      }
    }
    const ranked = Array.from(scores, ([document, score]) => ({ document, score }))
    return ranked.toSorted((x, y) => y.score - x.score || x.document - y.document)
  }
}

function gainAt10(values: readonly number[]): number {
  return values.slice(0, 10).reduce((sum, value, rank) => sum + value / Math.log2(rank + 2), 0)
}

/** NDCG@10 (Järvelin and Kekäläinen, 2002) with the grades as gains. */
export function ndcgAt10(ranking: readonly number[], grades: ReadonlyMap<number, number>): number {
  const ideal = gainAt10([...grades.values()].toSorted((x, y) => y - x))
  return ideal === 0 ? 0 : gainAt10(ranking.map(document => grades.get(document) ?? 0)) / ideal
}
