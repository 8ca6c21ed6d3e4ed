/**
 * A light stemmer for English: plurals, -ing and -ed, and the silent e that they leave or drop. It brings the forms of
 * one word together and never turns one word into another kind of word; words of other languages lose a letter at
 * most as often in a document as in a query, so they still find each other.
 */

/** Shorter stems than this say too little. */
const LEAST_STEM = 3

/** `word` is lower case, folded, without apostrophes. */
export function stemEnglish(word: string): string {
  if (word.length <= LEAST_STEM) return word
  return withoutSilentE(withoutVerbEnding(withoutPlural(word)))
}

function withoutPlural(word: string): string {
  if (!word.endsWith('s')) return word
  const before = word.charCodeAt(word.length - 2)
  if (before === S || before === U || before === I) return word // glass, virus, analysis
  if (!word.endsWith('es')) return word.slice(0, -1)
  if (word.endsWith('ies')) return word.length > 4 ? `${word.slice(0, -3)}y` : word.slice(0, -1)
  if (HISSING_PLURAL.test(word)) return word.slice(0, -2)
  return word.slice(0, -1)
}

function withoutVerbEnding(word: string): string {
  if (word.endsWith('ied') && word.length > 4) return `${word.slice(0, -3)}y`
  if (word.endsWith('ing')) return verbStem(word, 3)
  if (word.endsWith('ed') && !word.endsWith('eed')) return verbStem(word, 2)
  return word
}

function verbStem(word: string, endingLength: number): string {
  const stem = word.slice(0, -endingLength)
  if (stem.length < LEAST_STEM || !VOWEL.test(stem)) return word // thing, string
  return DOUBLED.test(stem) ? stem.slice(0, -1) : stem // running, planned
}

function withoutSilentE(word: string): string {
  return word.length > LEAST_STEM + 1 && word.endsWith('e') ? word.slice(0, -1) : word
}

const S = 115
const U = 117
const I = 105
const VOWEL = /[aeiouy]/
const HISSING_PLURAL = /(?:ss|x|ch|sh|zz)es$/
/** Letters that English doubles before an ending; ll, ss and zz mostly belong to the word. */
const DOUBLED = /([bdfgmnprt])\1$/
