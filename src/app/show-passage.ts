import type { PassageText } from '../core/document.ts'
import type { Hit, Span } from '../core/ranking/answer.ts'
import { matchedSpans, snippet } from '../core/text/snippet.ts'

export type ShownPassage = Pick<Hit, 'span' | 'trail' | 'page' | 'text' | 'words' | 'sentence'>

/** The words of a passage without the headings that it begins with: its trail says them already. */
export function bodyOf({ text, trail }: PassageText): string {
  let at = 0
  for (;;) {
    const lineEnd = text.indexOf('\n', at)
    if (lineEnd < 0) return text.slice(at)
    const line = text.slice(at, lineEnd).trim()
    if (line !== '' && !trail.includes(line)) return text.slice(at)
    at = lineEnd + 1
  }
}

/** The part of a passage worth showing, with the words of the query marked, and the sentence nearest to it. */
export function showPassage(
  passage: PassageText,
  terms: ReadonlySet<string>,
  nearest: Span | undefined,
): ShownPassage {
  const whole = bodyOf(passage)
  const words = matchedSpans(whole, terms)
  const focus = words.length > 0 || nearest === undefined ? words : [nearest]
  const part = snippet(whole, focus)
  return {
    span: { start: passage.start, end: passage.end },
    trail: passage.trail,
    ...(passage.page === undefined ? {} : { page: passage.page }),
    text: part.text,
    words: words.length > 0 ? part.words : [],
    sentence: nearest === undefined ? undefined : within(nearest, part),
  }
}

/** The part of `span` that the snippet shows. `lead` is what the snippet puts in front, such as an ellipsis. */
function within(span: Span, { text, offset, lead }: ReturnType<typeof snippet>): Span | undefined {
  const start = Math.max(span.start - offset, 0) + lead
  const end = Math.min(span.end - offset + lead, text.length)
  return end > start ? { start, end } : undefined
}
