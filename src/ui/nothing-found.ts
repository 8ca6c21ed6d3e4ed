import type { SearchAnswer } from '../core/ranking/answer.ts'

/** Why there are no results, as a sentence. */
export function nothingFound({ unmatched }: Pick<SearchAnswer, 'unmatched'>): string {
  if (unmatched === undefined) return 'Nothing found.'
  const { what, condition } = unmatched
  return `Nothing found: no ${what} matches ${condition}.`
}
