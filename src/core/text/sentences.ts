import type { Span } from '../ranking/answer.ts'

/** Ends a sentence when white space, or the end of the text, follows. */
const STOPS = '.!?…؟۔।॥'
/** Ends a sentence wherever it stands: the scripts that use these put no space behind them. */
const FULL_WIDTH_STOPS = '。！？｡'
const CLOSERS = '"\')]}”’»›」』）】〉》'
/** In lower case, without the stop. A sentence that really ends in one of these is joined to the next: the lesser evil. */
const ABBREVIATIONS: ReadonlySet<string> = new Set(
  (
    'mr mrs ms dr prof st sr jr rev hon gen col capt lt sgt vs etc cf al ca approx no nos fig figs eq sec ch vol pp ed eds ' +
    'inc ltd co corp dept est e.g i.e a.m p.m u.s u.k jan feb mar apr jun jul aug sep sept oct nov dec ' +
    'bzw usw z.b d.h u.a vgl nr str mme mlle'
  ).split(' '),
)
const LONGEST_ABBREVIATION = 6

/**
 * The sentences of a text, trimmed and in order: together they hold every character that is not white space. A blank
 * line always ends one, and so does the line before a list item. Linear in the length.
 */
export function sentenceSpans(text: string): Span[] {
  return [...sentencesIn(text, 0, text.length)]
}

/** The sentences of `text` from `start` to `end`, one at a time. */
export function* sentencesIn(text: string, start: number, end: number): Generator<Span> {
  let from = start
  let at = start
  while (at < end) {
    const next = endOfSentence(text, from, at, end)
    if (next === undefined) {
      at++
      continue
    }
    yield* trimmed(text, from, next)
    from = next
    at = next
  }
  yield* trimmed(text, from, end)
}

/** Where the sentence that began at `from` ends, when it does so with the character at `at`. */
function endOfSentence(text: string, from: number, at: number, end: number): number | undefined {
  const character = text[at] ?? ''
  if (character === '\n') return endsAtLineFeed(text, at, end) ? at + 1 : undefined
  if (FULL_WIDTH_STOPS.includes(character)) return skip(text, at + 1, end, FULL_WIDTH_STOPS + CLOSERS)
  // Only the last of several stops may end the sentence, so that a row of them is looked at once.
  if (!STOPS.includes(character) || isOneOf(STOPS, text[at + 1], at + 1 < end)) return undefined
  const after = skip(text, at + 1, end, CLOSERS)
  if (after < end && !isSpace(text.charCodeAt(after))) return undefined
  if (continues(text, after, end)) return undefined
  return character === '.' && isAbbreviation(text, from, at) ? undefined : after
}

/** Whether a blank line or a list item follows. */
function endsAtLineFeed(text: string, at: number, end: number): boolean {
  const first = text[at + 1]
  if (first === '\n' || at + 1 >= end) return true
  return /^(?:[-*•] |\d{1,3}[.)] )/.test(text.slice(at + 1, Math.min(end, at + 7)))
}

/** A lower-case letter after the stop means that the sentence goes on, unless a new line begins there. */
function continues(text: string, after: number, end: number): boolean {
  return after + 1 < end && text[after] === ' ' && /^\p{Ll}/u.test(text.slice(after + 1, after + 3))
}

/** Whether the stop at `at` ends `Dr.`, `e.g.`, an initial or the number of a list item. */
function isAbbreviation(text: string, from: number, at: number): boolean {
  let start = at
  while (start > from && at - start <= LONGEST_ABBREVIATION && !isSpace(text.charCodeAt(start - 1))) start--
  if (at - start > LONGEST_ABBREVIATION) return false
  const word = text.slice(start, at).replace(/^[("'“‘[]+/, '')
  if (/^\p{Lu}$/u.test(word) || ABBREVIATIONS.has(word.toLowerCase())) return true
  return /^\d{1,3}$/.test(word) && text.slice(Math.max(from, start - 8), start).trim() === ''
}

function skip(text: string, at: number, end: number, characters: string): number {
  let next = at
  while (next < end && isOneOf(characters, text[next], true)) next++
  return next
}

function isOneOf(characters: string, character: string | undefined, inside: boolean): boolean {
  return inside && character !== undefined && characters.includes(character)
}

function* trimmed(text: string, from: number, to: number): Generator<Span> {
  let start = from
  let end = to
  while (start < end && isSpace(text.charCodeAt(start))) start++
  while (end > start && isSpace(text.charCodeAt(end - 1))) end--
  if (start < end) yield { start, end }
}

/** White space as `String.prototype.trim` knows it. */
export function isSpace(code: number): boolean {
  if (code < 128) return code === 32 || (code >= 9 && code <= 13)
  return (
    code === 0xa0 ||
    code === 0x1680 ||
    (code >= 0x2000 && code <= 0x200a) ||
    code === 0x2028 ||
    code === 0x2029 ||
    code === 0x202f ||
    code === 0x205f ||
    code === 0x3000 ||
    code === 0xfeff
  )
}
