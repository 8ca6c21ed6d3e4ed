/**
 * Text to terms. A term is what two spellings of a word have in common: compatibility forms, case, accents and endings
 * are folded away. Scripts without spaces are cut into words by `Intl.Segmenter` where their syllables say little (Thai,
 * Lao, Khmer, Burmese); the others yield single characters and overlapping pairs, which need no dictionary.
 */
import { foldLetters } from './fold-letters.ts'
import { type Language, stem } from './language.ts'
import { isStopWord } from './stop-words.ts'

/** A word as it is compared, and where it stands: `[start, end)` in UTF-16 units of the original text. */
export interface WordSpan {
  /** Folded, not stemmed. */
  readonly word: string
  readonly start: number
  readonly end: number
  /** Place among the words of the text; a pair of characters has the place of its first. */
  readonly position: number
}

type Visit = (word: string, start: number, end: number) => void

/** The term of a word of a text in `language`. */
export function termOf(word: string, language: Language): string {
  return isStopWord(word) || !HAS_ENDING.test(word) ? word : stem(word, language)
}

/** Terms of a document, in the order of the text, stop words included. */
export function termsOf(text: string, language: Language = 'en'): string[] {
  return wordsAndPositions(text).words.map(word => termOf(word, language))
}

/** The words of a text in order, stop words included. Spans may overlap in scripts without spaces. */
export function wordSpans(text: string): WordSpan[] {
  const spans: WordSpan[] = []
  let position = 0
  const visit: Visit = (word, start, end) => spans.push({ word, start, end, position: position++ })
  const visitPair: Visit = (word, start, end) => spans.push({ word, start, end, position: position - 1 })
  visitWords(text, visit, visitPair)
  return spans
}

/** The words of `wordSpans` and their positions, without an object for each. */
export function wordsAndPositions(text: string): { readonly words: string[]; readonly positions: number[] } {
  const words: string[] = []
  const positions: number[] = []
  let position = 0
  const append = (word: string, at: number) => {
    words.push(word)
    positions.push(at)
  }
  visitWords(
    text,
    word => append(word, position++),
    word => append(word, position - 1),
  )
  return { words, positions }
}

/**
 * Words of a query, repetitions kept. Stop words are left out unless there is nothing else, and single characters of
 * scripts without spaces unless they stand alone: the pairs say more.
 */
export function queryWordsOf(query: string): WordSpan[] {
  const words = phraseWordsOf(query)
  const telling = words.filter(({ word }) => !isStopWord(termOf(word, 'en')))
  return telling.length > 0 ? telling : words
}

/** Words of a phrase: stop words belong to it, and single characters are left out where a pair says more. */
export function phraseWordsOf(phrase: string): WordSpan[] {
  const spans = wordSpans(phrase)
  return spans.filter(({ start, end }, i) => {
    const [before, after] = [spans[i - 1], spans[i + 1]]
    return !isPartOf(before, start, end) && !isPartOf(after, start, end)
  })
}

/** The terms of `queryWordsOf`, as a text in English has them. */
export function queryTermsOf(query: string): string[] {
  return queryWordsOf(query).map(({ word }) => termOf(word, 'en'))
}

function isPartOf(pair: WordSpan | undefined, start: number, end: number): boolean {
  return pair !== undefined && pair.start <= start && pair.end >= end && pair.end - pair.start > end - start
}

/** Calls `visit` for every word and character, `visitPair` for every two characters in a row, behind the first of them. */
function visitWords(text: string, visit: Visit, visitPair: Visit): void {
  for (const run of text.matchAll(RUN)) {
    const [letters] = run
    if (PLAIN.test(letters)) {
      visit(letters.toLowerCase().slice(0, LONGEST_TERM), run.index, run.index + letters.length)
      continue
    }
    for (const { 0: word, index } of letters.matchAll(WORD)) {
      const start = run.index + index
      if (ASCII.test(word)) visitWord(word, start, visit)
      else visitForeign(word, start, visit, visitPair)
    }
  }
}

/** A word of any script: stretches without spaces are taken apart, the rest goes on as words. */
function visitForeign(word: string, offset: number, visit: Visit, visitPair: Visit): void {
  for (const match of word.matchAll(STRETCH)) {
    const start = offset + match.index
    if (PAIRED.test(match[0])) visitPairs(match[0], start, visit, visitPair)
    else if (SEGMENTED.test(match[0])) visitSegments(match[0], start, visit)
    else visitWord(match[0], start, visit)
  }
}

function visitPairs(stretch: string, offset: number, visit: Visit, visitPair: Visit): void {
  let previous = ''
  let previousStart = 0
  for (const match of stretch.matchAll(CHARACTER)) {
    const character = foldLetters(match[0]).slice(0, LONGEST_TERM / 2)
    const start = offset + match.index
    const end = start + match[0].length
    if (previous !== '') visitPair(previous + character, previousStart, end)
    visit(character, start, end)
    previous = character
    previousStart = start
  }
}

/** Words by the dictionary of the browser. */
function visitSegments(stretch: string, offset: number, visit: Visit): void {
  for (const { segment, index } of SEGMENTER.segment(stretch)) {
    visit(foldLetters(segment).slice(0, LONGEST_TERM), offset + index, offset + index + segment.length)
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
  if (ASCII.test(word)) return visit(word.toLowerCase().slice(0, LONGEST_TERM), start, end)
  for (const part of foldLetters(word).match(LETTERS) ?? []) visit(part.slice(0, LONGEST_TERM), start, end)
}

/** UTF-16 units. What is longer is no word but data, and must not fill the memory. */
export const LONGEST_TERM = 64

/** What can hold words; cheap to find, and mostly a plain word by itself. */
const RUN = /[0-9A-Za-z'\u0080-\uffff]+/g
const PLAIN = /^[0-9A-Za-z]+$/
/** Letters, digits and marks, joined by single apostrophes; soft hyphens and joiners are part of a word. */
const WORD =
  /[\p{L}\p{N}][\p{L}\p{M}\p{N}\u00ad\u200c\u200d]*(?:['’][\p{L}\p{N}][\p{L}\p{M}\p{N}\u00ad\u200c\u200d]*)*/gu
const ASCII = /^[\0-\x7f]*$/
const APOSTROPHE = /['’]/
const BETWEEN_APOSTROPHES = /[^'’]+/g
const ENGLISH_TAIL = /['’](?:s|re|ve|ll|d|m)$/iu
const NEGATION = /(n)['’](?=t$)/iu
const LETTERS = /[\p{L}\p{N}][\p{L}\p{M}\p{N}]*/gu

/** Endings are taken off letters that have them: Latin ones. */
const HAS_ENDING = /[a-z]$/

/** The long vowel marks of Kana belong to no script of their own. */
const PAIRED_LETTER = '\\p{sc=Han}\\p{sc=Hira}\\p{sc=Kana}\\u30fc\\uff70\\p{sc=Hang}\\p{sc=Tibt}'
const SEGMENTED_LETTER = '\\p{sc=Thai}\\p{sc=Laoo}\\p{sc=Khmr}\\p{sc=Mymr}'
const PAIRED = new RegExp(`[${PAIRED_LETTER}]`, 'u')
const SEGMENTED = new RegExp(`[${SEGMENTED_LETTER}]`, 'u')
const SEGMENTER = new Intl.Segmenter('und', { granularity: 'word' })
/** A stretch of one kind of script. */
const STRETCH = new RegExp(
  `[${PAIRED_LETTER}][${PAIRED_LETTER}\\p{M}\\uff9e\\uff9f]*` +
    `|[${SEGMENTED_LETTER}][${SEGMENTED_LETTER}\\p{M}]*` +
    `|[^${PAIRED_LETTER}${SEGMENTED_LETTER}]+`,
  'gu',
)
/** A syllable of Hangul jamo, or a letter with its marks; half-width Kana has its voice marks as letters. */
const CHARACTER = /[\u1100-\u115f][\u1160-\u11a7][\u11a8-\u11ff]?|[^\uff9e\uff9f][\p{M}\uff9e\uff9f]*/gu
