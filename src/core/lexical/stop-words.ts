/** Words so common in English that they say nothing about a passage. A query of nothing else still searches them. */
const STOP_WORDS: ReadonlySet<string> = new Set(
  (
    'a an and are as at be been but by can could did do does for from had has have how if in into is it its ' +
    'no not of on or such that the their then there these they this to was were what when where which will with'
  ).split(' '),
)

/** `term` as the tokeniser yields it. */
export function isStopWord(term: string): boolean {
  return STOP_WORDS.has(term)
}
