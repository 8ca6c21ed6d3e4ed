import type { Span } from '../ranking/answer.ts'
import { isSpace, sentencesIn } from './sentences.ts'

/** How long a part of the text is: in words, or in what the model makes of them. */
export type Measure = (text: string, start: number, end: number) => number

/** A span with its length, and how it was cut out: the next finer grain is what it can be broken into. */
export interface Piece extends Span {
  readonly size: number
  readonly grain: Grain
}

export type Grain = 'paragraph' | 'sentence' | 'word' | 'unit'

/** UTF-16 units of the pieces that a word without end is broken into. */
const UNIT = 60
/** Two of these say about as much as a word of a script with spaces. */
export const WRITTEN_WITHOUT_SPACES =
  /[\u3040-\u30FF\u3400-\u4DBF\u4E00-\u9FFF\uF900-\uFAFF\uFF66-\uFF9F]|[\uD840-\uD87F]/

/** Length in words: runs between white space, and half a word for each Han or Kana character. */
export function countWords(text: string, start: number, end: number): number {
  let words = 0
  let inside = false
  for (let at = start; at < end; at++) {
    const code = text.charCodeAt(at)
    if (code >= 0x3040 && WRITTEN_WITHOUT_SPACES.test(text.charAt(at))) {
      words += 0.5
      inside = false
    } else if (isSpace(code)) inside = false
    else if (!inside) {
      words++
      inside = true
    }
  }
  return words
}

/** The paragraphs of `[start, end)`: what stands between blank lines. */
export function* paragraphsIn(text: string, start: number, end: number, measure: Measure): Generator<Piece> {
  let from = start
  while (from < end) {
    const blank = text.indexOf('\n\n', from)
    const to = blank < 0 || blank > end ? end : blank
    const piece = trim(text, from, to, measure)
    if (piece !== undefined) yield piece
    from = to + 1
  }
}

/** A piece as pieces of the next finer grain; nothing for the finest. */
export function* breakUp(text: string, piece: Piece, measure: Measure): Generator<Piece> {
  if (piece.grain === 'paragraph') {
    for (const { start, end } of sentencesIn(text, piece.start, piece.end))
      yield { start, end, size: measure(text, start, end), grain: 'sentence' }
  } else if (piece.grain === 'sentence') yield* wordsIn(text, piece, measure)
  else if (piece.grain === 'word') yield* unitsIn(text, piece, measure)
}

function* wordsIn(text: string, { start, end }: Span, measure: Measure): Generator<Piece> {
  let from = start
  for (let at = start; at <= end; at++) {
    if (at < end && !isSpace(text.charCodeAt(at))) continue
    if (at > from) yield { start: from, end: at, size: measure(text, from, at), grain: 'word' }
    from = at + 1
  }
}

function* unitsIn(text: string, { start, end }: Span, measure: Measure): Generator<Piece> {
  for (let from = start; from < end; ) {
    const to = characterBound(text, Math.min(from + UNIT, end), end)
    yield { start: from, end: to, size: measure(text, from, to), grain: 'unit' }
    from = to
  }
}

/** `at`, or one further where it would cut a surrogate pair in two. */
export function characterBound(text: string, at: number, end: number): number {
  const code = text.charCodeAt(at)
  const low = at < end && code >= 0xdc00 && code <= 0xdfff
  const before = text.charCodeAt(at - 1)
  return low && before >= 0xd800 && before <= 0xdbff ? at + 1 : at
}

function trim(text: string, from: number, to: number, measure: Measure): Piece | undefined {
  let start = from
  let end = to
  while (start < end && isSpace(text.charCodeAt(start))) start++
  while (end > start && isSpace(text.charCodeAt(end - 1))) end--
  return start < end ? { start, end, size: measure(text, start, end), grain: 'paragraph' } : undefined
}
