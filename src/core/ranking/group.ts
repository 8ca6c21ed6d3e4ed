/** Passages found to documents found. */

/** How many passages of one document are shown. */
export const MOST_HITS_PER_DOCUMENT = 3

/** A document and the ranks of its passages in the list they came from, best first: `ranks[0]` is what it is worth. */
export interface DocumentGroup<Document> {
  readonly document: Document
  readonly ranks: readonly number[]
}

/**
 * Groups `keys`, best first, by document: documents in the order of their best passage, at most three passages each.
 * Keys without a document (it may have been removed meanwhile) are left out.
 */
export function groupByDocument<Document>(
  keys: Uint32Array,
  documentOf: (key: number) => Document | undefined,
): DocumentGroup<Document>[] {
  const groups = new Map<Document, number[]>()
  keys.forEach((key, rank) => {
    const document = documentOf(key)
    if (document === undefined) return
    const ranks = groups.get(document)
    if (ranks === undefined) groups.set(document, [rank])
    else if (ranks.length < MOST_HITS_PER_DOCUMENT) ranks.push(rank)
  })
  return Array.from(groups, ([document, ranks]) => ({ document, ranks }))
}
