import type { Span } from '../core/ranking/answer.ts'
import { segmentsOf } from './text-segments.ts'

interface MarkedTextProps {
  readonly text: string
  readonly words: readonly Span[]
  readonly sentence: Span | undefined
  /** What to show of the text; the spans count from the text's beginning all the same. */
  readonly range?: Span
}

/** A text with the matched words marked and the nearest sentence underlined. */
export function MarkedText({ text, words, sentence, range }: MarkedTextProps) {
  const shown = range ?? { start: 0, end: text.length }
  const segments = segmentsOf(shown, { word: words, sentence: sentence === undefined ? [] : [sentence] })
  return segments.map(({ start, end, marks }) => {
    const piece = text.slice(start, end)
    const word = marks.has('word') ? <mark key={start}>{piece}</mark> : piece
    if (!marks.has('sentence')) return word
    return (
      <span key={start} className="nearest-sentence">
        {word}
      </span>
    )
  })
}
