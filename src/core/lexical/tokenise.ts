/**
 * Text to terms. A term is what two spellings of a word have in common: compatibility forms, case, accents and English
 * endings are folded away. Scripts that put no spaces between words yield single characters and overlapping pairs.
 */
import { foldLetters } from './fold-letters.ts'
import { stemEnglish } from './stem-english.ts'
import { isStopWord } from './stop-words.ts'

/** A term and where it stands: `[start, end)` in UTF-16 units of the original text. */
export interface TermSpan {
  readonly term: string
  readonly start: number
  readonly end: number
}

type Visit = (term: string, start: number, end: number) => void

/** Terms of a document, in the order of the text, stop words included. */
export function termsOf(text: string): string[] {
  const terms: string[] = []
  visitTerms(text, term => terms.push(term))
  return terms
}

/** The terms of `termsOf`, each with its place. Spans may overlap in scripts without spaces. */
export function termSpans(text: string): TermSpan[] {
  const spans: TermSpan[] = []
  visitTerms(text, (term, start, end) => spans.push({ term, start, end }))
  return spans
}

/**
 * Terms of a query, repetitions kept. Stop words are left out unless there is nothing else, and single characters of
 * scripts without spaces unless they stand alone: the pairs say more.
 */
export function queryTermsOf(query: string): string[] {
  const terms: string[] = []
  visitTerms(query, term => terms.push(term), true)
  const telling = terms.filter(term => !isStopWord(term))
  return telling.length > 0 ? telling : terms
}

/** Calls `visit` for every term; `pairsOnly` leaves out single characters that are part of a pair. */
function visitTerms(text: string, visit: Visit, pairsOnly = false): void {
  for (const match of text.matchAll(WORD)) {
    const word = match[0]
    if (ASCII.test(word)) visitWord(word, match.index, visit)
    else visitForeign(word, match.index, visit, pairsOnly)
  }
}

/** A word of any script: stretches without spaces are taken apart, the rest goes on as words. */
function visitForeign(word: string, offset: number, visit: Visit, pairsOnly: boolean): void {
  for (const match of word.matchAll(STRETCH)) {
    const start = offset + match.index
    if (SPACELESS.test(match[0])) visitPairs(match[0], start, visit, pairsOnly)
    else visitWord(match[0], start, visit)
  }
}

function visitPairs(stretch: string, offset: number, visit: Visit, pairsOnly: boolean): void {
  const characters = [...stretch.matchAll(CHARACTER)]
  let previous = ''
  let previousStart = 0
  for (const match of characters) {
    const character = foldLetters(match[0])
    const start = offset + match.index
    const end = start + match[0].length
    if (previous !== '') visit(previous + character, previousStart, end)
    if (!pairsOnly || characters.length === 1) visit(character, start, end)
    previous = character
    previousStart = start
  }
}

/** A word with its apostrophes: `don't` is one term, `dog's` is `dog`, `l'homme` is two. */
function visitWord(word: string, offset: number, visit: Visit): void {
  if (!APOSTROPHE.test(word)) return visitPlain(word, offset, offset + word.length, visit)
  const whole = word.replace(ENGLISH_TAIL, '').replace(NEGATION, '$1')
  const end = offset + word.length
  if (!APOSTROPHE.test(whole)) return visitPlain(whole, offset, end, visit)
  for (const match of word.matchAll(BETWEEN_APOSTROPHES)) {
    const start = offset + match.index
    visitPlain(match[0], start, start + match[0].length, visit)
  }
}

/** Compatibility forms may hold several words (`½` is `1⁄2`); each of them gets the whole span. */
function visitPlain(word: string, start: number, end: number, visit: Visit): void {
  if (ASCII.test(word)) return visit(termOf(word.toLowerCase()), start, end)
  for (const part of foldLetters(word).match(LETTERS) ?? []) visit(termOf(part), start, end)
}

function termOf(word: string): string {
  if (isStopWord(word)) return word
  return stemEnglish(word.length > LONGEST_TERM ? word.slice(0, LONGEST_TERM) : word)
}

/** UTF-16 units. What is longer is no word but data, and must not fill the memory. */
const LONGEST_TERM = 64

/** Letters, digits and marks, joined by single apostrophes; soft hyphens and joiners are part of a word. */
const WORD =
  /[\p{L}\p{N}][\p{L}\p{M}\p{N}\u00ad\u200c\u200d]*(?:['’][\p{L}\p{N}][\p{L}\p{M}\p{N}\u00ad\u200c\u200d]*)*/gu
const ASCII = /^[\0-\x7f]*$/
const APOSTROPHE = /['’]/
const BETWEEN_APOSTROPHES = /[^'’]+/g
const ENGLISH_TAIL = /['’](?:s|re|ve|ll|d|m)$/iu
const NEGATION = /(n)['’](?=t$)/iu
const LETTERS = /[\p{L}\p{N}][\p{L}\p{M}\p{N}]*/gu

/** The long vowel marks of Kana belong to no script of their own. */
const SPACELESS_LETTER =
  '\\p{sc=Han}\\p{sc=Hira}\\p{sc=Kana}\\u30fc\\uff70\\p{sc=Hang}\\p{sc=Thai}\\p{sc=Laoo}\\p{sc=Khmr}\\p{sc=Mymr}\\p{sc=Tibt}'
const SPACELESS = new RegExp(`[${SPACELESS_LETTER}]`, 'u')
/** Either a stretch of a script without spaces, or one of any other. */
const STRETCH = new RegExp(
  `[${SPACELESS_LETTER}][${SPACELESS_LETTER}\\p{M}\\uff9e\\uff9f]*|[^${SPACELESS_LETTER}]+`,
  'gu',
)
/** A syllable of Hangul jamo, or a letter with its marks; half-width Kana has its voice marks as letters. */
const CHARACTER = /[\u1100-\u115f][\u1160-\u11a7][\u11a8-\u11ff]?|[^\uff9e\uff9f][\p{M}\uff9e\uff9f]*/gu
