import type { Passage } from '../document.ts'
import type { Measure } from './pieces.ts'
import { isSpace, sentencesIn } from './sentences.ts'

/**
 * Passages that begin with the end of the one before, below the same headings: its last sentences as far as they measure
 * no more than `most`, or else its last words. Their order and their ends stay, so that nothing is lost.
 */
export function overlapPassages(
  text: string,
  passages: readonly Passage[],
  most: number,
  measure: Measure,
): Passage[] {
  return passages.map((passage, i) => {
    const before = passages[i - 1]
    if (before === undefined || !isBelowSame(before, passage)) return passage
    const from =
      sentenceStart(text, before, most, measure) ?? wordStart(text, before, most, measure) ?? passage.start
    return { ...passage, start: from }
  })
}

function isBelowSame(one: Passage, other: Passage): boolean {
  return (
    one.trail.length === other.trail.length && one.trail.every((heading, i) => heading === other.trail[i])
  )
}

/** The first sentence from which on there are no more than `most`; never the whole passage. */
function sentenceStart(
  text: string,
  { start, end }: Passage,
  most: number,
  measure: Measure,
): number | undefined {
  for (const sentence of sentencesIn(text, start, end)) {
    if (sentence.start > start && measure(text, sentence.start, end) <= most) return sentence.start
  }
  return undefined
}

function wordStart(
  text: string,
  { start, end }: Passage,
  most: number,
  measure: Measure,
): number | undefined {
  let found: number | undefined
  for (let at = end - 1; at > start; at--) {
    if (!isSpace(text.charCodeAt(at - 1)) || isSpace(text.charCodeAt(at))) continue
    if (measure(text, at, end) > most) break
    found = at
  }
  return found
}
