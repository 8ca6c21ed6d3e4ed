/** The numbers of BM25 (Robertson and Zaragoza, 2009). */

export const K1 = 0.9
export const B = 0.4

/** What a word is worth that is in `frequency` of `documents` documents; always above 0. */
export function inverseDocumentFrequency(frequency: number, documents: number): number {
  const counted = Math.min(frequency, documents)
  return Math.log(1 + (documents - counted + 0.5) / (counted + 0.5))
}

/** A document of length L is normed by `base + perWord · L`. A mean of 0 (nothing but stop words) norms none. */
export function normOf(meanLength: number): { readonly base: number; readonly perWord: number } {
  return { base: K1 * (1 - B), perWord: meanLength > 0 ? (K1 * B) / meanLength : 0 }
}
