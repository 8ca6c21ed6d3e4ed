import type { Candidate, Choice } from './choice.ts'

/** One look at an answer: what was shown, in order, and which of it was opened. */
export interface Look {
  /** Unit vector that the shipped query tower gives. */
  readonly query: Float32Array
  readonly shown: readonly Candidate[]
  /** Position in `shown`. */
  readonly opened: number
  readonly group: number
}

/**
 * What a look teaches: what was opened is better than what stood above it and was passed over, and than the next one
 * below, which the eye has met as well. Further down nobody may have looked (Joachims et al. 2005, "click > skip above"
 * and "click > no-click next"). `undefined` when nothing else was shown.
 */
export function lessonOf(look: Look): Choice | undefined {
  return choiceAmong(look, look.shown.slice(0, look.opened + 2))
}

/** What a look tests: what was opened against everything that was shown. */
export function trialOf(look: Look): Choice | undefined {
  return choiceAmong(look, look.shown)
}

function choiceAmong({ query, shown, opened, group }: Look, seen: readonly Candidate[]): Choice | undefined {
  const right = shown[opened]
  if (right === undefined) return undefined
  const wrong = seen.filter(({ id }) => id !== right.id)
  return wrong.length === 0 ? undefined : { query, right, wrong, group }
}
