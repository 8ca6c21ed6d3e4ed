import { LANGUAGES } from '../lexical/language.ts'
import { termOf, wordSpans } from '../lexical/tokenise.ts'
import type { Span } from '../ranking/answer.ts'
import { characterBound } from './pieces.ts'
import { isSpace } from './sentences.ts'

export interface Snippet {
  /** The shown part, with an ellipsis at each end where the passage goes on. */
  readonly text: string
  /** The matched spans that are shown, in `text`. */
  readonly words: readonly Span[]
  /** What stands at `i` in the passage stands at `i - offset + lead` in `text`. */
  readonly offset: number
  /** UTF-16 units in front of the shown part: the ellipsis. */
  readonly lead: number
}

/** UTF-16 units. */
const LIMIT = 420
/** How far a cut may move to fall between two words; scripts without spaces are cut where they are. */
const REACH = 40
const ELLIPSIS = '…'

/** The words of `text` whose term, in any language, is one of `terms`, in order; those that overlap are joined. */
export function matchedSpans(text: string, terms: ReadonlySet<string>): Span[] {
  const joined: Span[] = []
  const isTerm = termTest(terms)
  const matching = wordSpans(text).filter(({ word }) => isTerm(word))
  for (const { start, end } of matching.toSorted((a, b) => a.start - b.start)) {
    const last = joined.at(-1)
    if (last === undefined || start >= last.end) joined.push({ start, end })
    else joined[joined.length - 1] = { start: last.start, end: Math.max(last.end, end) }
  }
  return joined
}

/** Whether a word has one of `terms` in any language. No language changes how a word begins, so most need no stemming. */
function termTest(terms: ReadonlySet<string>): (word: string) => boolean {
  const beginnings = new Set(Array.from(terms, term => term.charCodeAt(0)))
  const known = new Map<string, boolean>()
  return word => {
    if (!beginnings.has(word.charCodeAt(0))) return false
    const isTerm = known.get(word) ?? LANGUAGES.some(language => terms.has(termOf(word, language)))
    known.set(word, isTerm)
    return isTerm
  }
}

/**
 * The part of a passage worth showing: all of it when it is short, else the window of at most `limit` UTF-16 units with
 * the most different matched words, cut between words. `matched` is in order and does not overlap.
 */
export function snippet(passage: string, matched: readonly Span[], limit = LIMIT): Snippet {
  if (passage.length <= limit) return { text: passage, words: matched, offset: 0, lead: 0 }
  const room = limit - 2 * ELLIPSIS.length
  const { start, end } = windowRound(passage, bestRun(passage, matched, room), room)
  const lead = start > 0 ? ELLIPSIS : ''
  const tail = end < passage.length ? ELLIPSIS : ''
  const inside = matched.filter(span => span.start < end && span.end > start)
  const words = inside.map(span => ({
    start: Math.max(span.start, start) - start + lead.length,
    end: Math.min(span.end, end) - start + lead.length,
  }))
  return { text: lead + passage.slice(start, end) + tail, words, offset: start, lead: lead.length }
}

/** From the first to the last of the matches that lie within `room`, with as many different ones as can be. */
function bestRun(passage: string, matched: readonly Span[], room: number): Span {
  let best: Span = { start: 0, end: 0 }
  let most = 0
  const counts = new Map<string, number>()
  const keyOf = ({ start, end }: Span) => passage.slice(start, Math.min(end, start + room)).toLowerCase()
  let first = 0
  for (const last of matched) {
    counts.set(keyOf(last), (counts.get(keyOf(last)) ?? 0) + 1)
    for (
      let out = matched[first];
      out !== undefined && out !== last && last.end - out.start > room;
      first++
    ) {
      const left = (counts.get(keyOf(out)) ?? 1) - 1
      if (left > 0) counts.set(keyOf(out), left)
      else counts.delete(keyOf(out))
      out = matched[first + 1]
    }
    if (counts.size <= most) continue
    most = counts.size
    best = { start: matched[first]?.start ?? last.start, end: last.end }
  }
  return best
}

/** Puts the run a little before the middle, keeps the window inside the passage and cuts it between words. */
function windowRound(passage: string, run: Span, room: number): Span {
  const spare = Math.max(0, room - (run.end - run.start))
  const wanted = Math.min(run.start - Math.floor(spare / 3), passage.length - room)
  const from = wanted <= 0 ? 0 : wordStart(passage, wanted, Math.min(run.start, wanted + REACH))
  const to = Math.min(from + room, passage.length)
  return {
    start: from,
    end: to < passage.length ? wordEnd(passage, to, Math.max(run.end, to - REACH, from + 1)) : to,
  }
}

/** The first word that begins at `at` or behind it, up to `last`. */
function wordStart(passage: string, at: number, last: number): number {
  for (let i = at; i <= last; i++) {
    if (isSpace(passage.charCodeAt(i - 1)) && !isSpace(passage.charCodeAt(i))) return i
  }
  return characterEnd(passage, Math.max(0, at))
}

/** The last word that ends at `at` or before it, down to `first`. */
function wordEnd(passage: string, at: number, first: number): number {
  for (let i = at; i >= first; i--) {
    if (isSpace(passage.charCodeAt(i)) && !isSpace(passage.charCodeAt(i - 1))) return i
  }
  let end = at
  while (end > first && characterEnd(passage, end) !== end) end--
  return end
}

/** `at`, or the next place that is not inside a surrogate pair or between a letter and its marks. */
function characterEnd(passage: string, at: number): number {
  let end = characterBound(passage, at, passage.length)
  while (/^(?:\p{M}|\u200D)/u.test(passage.slice(end, end + 2)) && end - at < REACH) end++
  return characterBound(passage, end, passage.length)
}
