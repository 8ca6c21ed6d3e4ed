import type { Extraction, PageStart, Passage } from '../document.ts'
import { breakUp, countWords, type Measure, paragraphsIn, type Piece } from './pieces.ts'
import { sectionsOf, type Section } from './sections.ts'

export interface PassageLimits {
  /** How long a passage should be, about. */
  readonly target: number
  /** And at most; and how many UTF-16 units it has at most, where nothing in it can be measured. */
  readonly most: number
  readonly units: number
  /** A shorter passage is joined to its neighbour below the same heading. */
  readonly tiny: number
}

/** In words. */
const WORDS: PassageLimits = { target: 120, most: 180, units: 1400, tiny: 25 }

interface Draft {
  readonly start: number
  readonly end: number
  readonly size: number
  readonly path: readonly string[]
}

/**
 * Cuts a text into passages: at headings, then between paragraphs, sentences, words, and only then inside a word. They
 * are in order and do not overlap; every character that is not white space is in exactly one, and none begins or ends
 * with white space. A heading line belongs to the passage below it; `trail` names every heading that stands above the
 * whole of a passage's own words, the section's own included. Linear in the length.
 */
export function splitIntoPassages(
  extraction: Extraction,
  limits: PassageLimits = WORDS,
  measure: Measure = countWords,
): Passage[] {
  const drafts = sectionsOf(extraction).flatMap(section =>
    splitSection(extraction.text, section, limits, measure),
  )
  const pageAt = createPageAt(extraction.pages ?? [])
  return joinTiny(drafts, limits).map(({ start, end, path }) => {
    const page = pageAt(start)
    return { start, end, trail: path, ...(page === undefined ? {} : { page }) }
  })
}

/** Of offsets that are asked for in order: the page that they are on. */
function createPageAt(pages: readonly PageStart[]): (offset: number) => number | undefined {
  let next = 0
  return offset => {
    while (next < pages.length && (pages[next] as PageStart).offset <= offset) next++
    return pages[next - 1]?.page
  }
}

function splitSection(text: string, section: Section, limits: PassageLimits, measure: Measure): Draft[] {
  const drafts: Draft[] = []
  let current: Draft | undefined
  const close = () => {
    if (current !== undefined) drafts.push(current)
    current = undefined
  }
  const place = (piece: Piece): void => {
    if (current !== undefined && wants(current, piece, limits)) {
      current = { ...current, end: piece.end, size: current.size + piece.size }
      return
    }
    const small = current !== undefined && (current.size < limits.tiny || current.end <= section.body)
    if (!small) close()
    if (piece.grain !== 'unit' && (small || !fits(piece, limits))) {
      for (const part of breakUp(text, piece, measure)) place(part)
      return
    }
    close()
    current = { start: piece.start, end: piece.end, size: piece.size, path: section.path }
  }
  const whole = trimmedWhole(text, section, measure)
  if (fits(whole, limits)) return [whole]
  for (const paragraph of paragraphsIn(text, section.start, section.end, measure)) place(paragraph)
  close()
  return drafts
}

/** Whether a piece goes into the passage: it fits, and brings it nearer to the target than it is without. */
function wants(current: Draft, piece: Piece, limits: PassageLimits): boolean {
  const size = current.size + piece.size
  if (!fits({ start: current.start, end: piece.end, size }, limits)) return false
  return (
    current.size < limits.tiny || Math.abs(size - limits.target) <= Math.abs(current.size - limits.target)
  )
}

function fits({ start, end, size }: Omit<Draft, 'path'>, limits: PassageLimits): boolean {
  return size <= limits.most && end - start <= limits.units
}

function trimmedWhole(text: string, { start, end, path }: Section, measure: Measure): Draft {
  const slice = text.slice(start, end)
  const from = end - slice.trimStart().length
  const to = start + slice.trimEnd().length
  return { start: from, end: to, size: measure(text, from, to), path }
}

/** Joins neighbours below the same heading while one of them is tiny: lists of short entries, last lines. */
function joinTiny(drafts: readonly Draft[], limits: PassageLimits): Draft[] {
  const joined: Draft[] = []
  for (const draft of drafts) {
    const before = joined.at(-1)
    const both = before === undefined ? undefined : join(before, draft, limits)
    if (both === undefined) joined.push(draft)
    else joined[joined.length - 1] = both
  }
  return joined
}

function join(a: Draft, b: Draft, limits: PassageLimits): Draft | undefined {
  if (a.size >= limits.tiny && b.size >= limits.tiny) return undefined
  const both = { start: a.start, end: b.end, size: a.size + b.size }
  const path = sharedPath(a.path, b.path)
  const sameSection = path.length === a.path.length && path.length === b.path.length
  if (!sameSection && (path.length === 0 || both.size > limits.target)) return undefined
  return fits(both, limits) ? { ...both, path } : undefined
}

function sharedPath(a: readonly string[], b: readonly string[]): readonly string[] {
  const differs = a.findIndex((heading, i) => heading !== b[i])
  return differs < 0 ? a : a.slice(0, differs)
}
