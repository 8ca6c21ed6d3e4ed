/** The best of those that are nearly the same, and the others, best first. */
export interface Fold<T> {
  readonly best: T
  readonly alike: readonly T[]
}

/**
 * Puts each of `items`, best first, under the first one that it is like; order is kept, and nothing is lost. Only the best
 * ones are compared with, so that a chain of small differences does not join what differs.
 */
export function foldAlike<T>(items: readonly T[], areAlike: (one: T, other: T) => boolean): Fold<T>[] {
  const folds: { best: T; alike: T[] }[] = []
  for (const item of items) {
    const fold = folds.find(({ best }) => areAlike(best, item))
    if (fold === undefined) folds.push({ best: item, alike: [] })
    else fold.alike.push(item)
  }
  return folds
}
