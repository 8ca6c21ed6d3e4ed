import type { Extraction, Heading } from '../document.ts'
import { isSpace } from './sentences.ts'

/** What stands below one heading, the heading line included. */
export interface Section {
  readonly start: number
  readonly end: number
  /** The headings it stands under, its own included, outermost first. */
  readonly path: readonly string[]
  /** Where its own words begin, behind the heading lines. */
  readonly body: number
}

/**
 * The text from heading to heading. A heading with nothing below it opens the section of the deeper heading that follows
 * at once; where none follows it closes the section before.
 */
export function sectionsOf({ text, headings }: Extraction): Section[] {
  const usable = usableHeadings(text, headings)
  const sections: Section[] = [{ start: 0, end: usable[0]?.offset ?? text.length, path: [], body: 0 }]
  const above: Heading[] = []
  usable.forEach((heading, i) => {
    while ((above.at(-1)?.level ?? 0) >= heading.level) above.pop()
    above.push(heading)
    const end = usable[i + 1]?.offset ?? text.length
    sections.push({
      start: heading.offset,
      end,
      path: pathOf(above),
      body: bodyOf(text, heading, end),
    })
  })
  return joinBare(text, sections)
}

/** A heading that only repeats the one above it, as in pages that are chapters of a book, is said once. */
function pathOf(above: readonly Heading[]): string[] {
  const texts = above.map(heading => heading.text)
  return texts.filter((text, i) => text.toLowerCase() !== texts[i - 1]?.toLowerCase())
}

/** In order, inside the text, each offset once. */
function usableHeadings(text: string, headings: readonly Heading[]): Heading[] {
  const inside = headings.filter(h => Number.isInteger(h.offset) && h.offset >= 0 && h.offset < text.length)
  const sorted = inside.toSorted((a, b) => a.offset - b.offset)
  return sorted.filter((heading, i) => heading.offset !== sorted[i - 1]?.offset)
}

function bodyOf(text: string, heading: Heading, end: number): number {
  const lineEnd = text.indexOf('\n', heading.offset)
  return lineEnd < 0 || lineEnd > end ? end : lineEnd
}

function joinBare(text: string, sections: readonly Section[]): Section[] {
  const joined: Section[] = []
  let bare: Section | undefined
  for (const section of sections) {
    const whole = bare === undefined ? section : { ...section, start: bare.start }
    const followsParent = bare === undefined || section.path.length > bare.path.length
    if (bare !== undefined && !followsParent) close(joined, bare)
    const opened = followsParent ? whole : section
    bare = isBlank(text, section.body, section.end) && section.path.length > 0 ? opened : undefined
    if (bare === undefined && !isBlank(text, opened.start, opened.end)) joined.push(opened)
  }
  if (bare !== undefined) close(joined, bare)
  return joined
}

/** Hands a bare heading to the section before; the first of all stands alone. */
function close(joined: Section[], bare: Section): void {
  const before = joined.pop()
  joined.push(before === undefined ? bare : { ...before, end: bare.end })
}

function isBlank(text: string, start: number, end: number): boolean {
  for (let at = start; at < end; at++) if (!isSpace(text.charCodeAt(at))) return false
  return true
}
