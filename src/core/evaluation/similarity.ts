/** Similarity sets: pairs of texts with a score that people gave, against the cosine that a model gives. */

export interface SimilaritySet {
  readonly name: string
  readonly pairs: readonly { readonly a: string; readonly b: string; readonly score: number }[]
}

/**
 * Lines of text, tab, text, tab, score; a first line with the names of the columns is left out.
 * @throws Error naming the file and the line that cannot be read, or when there are no two different scores to rank.
 */
export function parseSimilaritySet(name: string, text: string): SimilaritySet {
  const pairs = text.split('\n').flatMap((line, i) => {
    if (line.trim() === '') return []
    const [a, b, given, ...more] = line.replace(/\r$/, '').split('\t')
    const score = given === undefined || given.trim() === '' ? Number.NaN : Number(given)
    if (a !== undefined && b !== undefined && Number.isFinite(score) && more.length === 0)
      return [{ a, b, score }]
    if (i === 0) return []
    const got = line.slice(0, 60)
    throw new Error(
      `${name}/pairs.tsv, line ${i + 1}: expected two texts and a score with tabs between, got ${got}`,
    )
  })
  if (new Set(pairs.map(({ score }) => score)).size < 2) {
    throw new Error(
      `${name}/pairs.tsv: expected at least two pairs with different scores, got ${pairs.length}`,
    )
  }
  return { name, pairs }
}

/**
 * Spearman's rank correlation, −1 to 1: Pearson's of the ranks, where values that are equal share the mean of their ranks
 * (Kendall, 1948). 0 when either side is all the same.
 * @throws Error when the lengths differ.
 */
export function spearman(a: readonly number[], b: readonly number[]): number {
  if (a.length !== b.length)
    throw new Error(`expected two lists of one length, got ${a.length} and ${b.length}`)
  return pearson(ranksOf(a), ranksOf(b))
}

/** From 1; equal values share the mean of their ranks. */
export function ranksOf(values: readonly number[]): number[] {
  const order = [...values.keys()].toSorted((i, j) => (values[i] ?? 0) - (values[j] ?? 0))
  const ranks = Array.from<number>({ length: values.length }).fill(0)
  for (let start = 0; start < order.length; ) {
    let end = start + 1
    while (end < order.length && values[order[end] ?? 0] === values[order[start] ?? 0]) end++
    for (const place of order.slice(start, end)) ranks[place] = (start + 1 + end) / 2
    start = end
  }
  return ranks
}

function pearson(a: readonly number[], b: readonly number[]): number {
  const [meanA, meanB] = [mean(a), mean(b)]
  let [product, squareA, squareB] = [0, 0, 0]
  a.forEach((value, i) => {
    const [fromA, fromB] = [value - meanA, (b[i] ?? 0) - meanB]
    product += fromA * fromB
    squareA += fromA * fromA
    squareB += fromB * fromB
  })
  return squareA === 0 || squareB === 0 ? 0 : product / Math.sqrt(squareA * squareB)
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / Math.max(1, values.length)
}
