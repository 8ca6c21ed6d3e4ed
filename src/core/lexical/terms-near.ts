/**
 * Terms within an edit distance: letters left out, put in, changed, or two neighbours swapped (optimal string alignment;
 * Damerau, 1964). The table of distances keeps one row for each letter of a term; since the terms are sorted, what two
 * neighbours share is computed once, and all terms behind a hopeless beginning are skipped together.
 */
import type { Dictionary } from './dictionary.ts'

export interface NearTerm {
  readonly term: number
  readonly distance: number
}

const NINE = 57
const ZERO = 48

/** In order of the terms. Terms with digits are left out: a number is never a misspelling of another. */
export function termsNear(dictionary: Dictionary, text: string, distance: number): NearTerm[] {
  const { letters, letterEnds } = dictionary
  const found: NearTerm[] = []
  const table = createTable(text, distance)
  let valid = 0
  for (let term = 0; term < letterEnds.length; ) {
    const start = letterEnds[term - 1] ?? 0
    const length = (letterEnds[term] as number) - start
    let depth = Math.min(valid, length)
    let hopeless = false
    while (depth < length && !hopeless) {
      table.extend(letters, start, depth++)
      hopeless = table.isHopeless(depth)
    }
    if (hopeless) {
      const next = afterPrefix(dictionary, term, depth)
      valid = sharedLetters(dictionary, term, next, depth - 1)
      term = next
      continue
    }
    const end = table.distanceAt(length)
    if (end <= distance && !hasDigit(dictionary, term)) found.push({ term, distance: end })
    valid = sharedLetters(dictionary, term, term + 1, length)
    term++
  }
  return found
}

/** More than any distance that is asked for. */
const FAR = 100

/**
 * Row `i` of the table holds the distances of the first `i` letters of a term to the beginnings of `text`, as far as they can
 * be near: those whose lengths differ by `distance` at most, and `FAR` on both sides of them.
 */
function createTable(text: string, distance: number) {
  const width = text.length + 2
  const wanted = Array.from({ length: text.length }, (_, i) => text.charCodeAt(i))
  // Terms are short; rows are added when a longer one comes.
  let rows = new Uint8Array(width * 32)
  for (let j = 0; j < width; j++) rows[j] = Math.min(j, FAR)
  const least = [0]

  /** Computes row `depth + 1` from the letter at `start + depth`. */
  function extend(letters: Uint16Array, start: number, depth: number): void {
    const row = (depth + 1) * width
    if (row + width > rows.length) rows = grown(rows)
    const above = row - width
    const letter = letters[start + depth] as number
    const before = depth > 0 ? (letters[start + depth - 1] as number) : -1
    const last = Math.min(text.length, depth + 1 + distance)
    let first = depth + 1 - distance
    let smallest = FAR
    if (first <= 0) {
      rows[row] = depth + 1
      smallest = depth + 1
      first = 1
    } else rows[row + Math.min(first, width) - 1] = FAR
    for (let j = first; j <= last; j++) {
      const same = wanted[j - 1] === letter
      let cell = Math.min(
        (rows[above + j] as number) + 1,
        (rows[row + j - 1] as number) + 1,
        (rows[above + j - 1] as number) + (same ? 0 : 1),
      )
      if (j > 1 && depth > 0 && wanted[j - 2] === letter && wanted[j - 1] === before) {
        cell = Math.min(cell, (rows[above - width + j - 2] as number) + 1)
      }
      rows[row + j] = cell
      if (cell < smallest) smallest = cell
    }
    rows[row + last + 1] = FAR
    least[depth + 1] = smallest
  }

  return {
    extend,
    /** Whether no term with these first letters can be near: a swap looks back over one row. */
    isHopeless: (depth: number) =>
      (least[depth] as number) > distance && (least[depth - 1] as number) >= distance,
    distanceAt: (depth: number) =>
      Math.abs(depth - text.length) > distance ? FAR : (rows[depth * width + text.length] as number),
  }
}

function grown(rows: Uint8Array<ArrayBuffer>): Uint8Array<ArrayBuffer> {
  const larger = new Uint8Array(rows.length * 2)
  larger.set(rows)
  return larger
}

/** The first term behind `term` that does not share its first `depth` letters. */
function afterPrefix(dictionary: Dictionary, term: number, depth: number): number {
  const count = dictionary.letterEnds.length
  const shares = (other: number) => sharedLetters(dictionary, term, other, depth) === depth
  let low = term + 1
  let stride = 1
  while (low + stride < count && shares(low + stride - 1)) {
    low += stride
    stride *= 2
  }
  let high = Math.min(low + stride, count)
  while (low < high) {
    const middle = (low + high) >>> 1
    if (shares(middle)) low = middle + 1
    else high = middle
  }
  return low
}

/** How many letters two terms have in common at the front, at most `most`; none with a term that does not exist. */
function sharedLetters({ letters, letterEnds }: Dictionary, a: number, b: number, most: number): number {
  if (b >= letterEnds.length) return 0
  const at = letterEnds[a - 1] ?? 0
  const bt = letterEnds[b - 1] ?? 0
  const end = Math.min(most, (letterEnds[a] as number) - at, (letterEnds[b] as number) - bt)
  let shared = 0
  while (shared < end && letters[at + shared] === letters[bt + shared]) shared++
  return shared
}

function hasDigit({ letters, letterEnds }: Dictionary, term: number): boolean {
  for (let at = letterEnds[term - 1] ?? 0; at < (letterEnds[term] as number); at++) {
    const letter = letters[at] as number
    if (letter >= ZERO && letter <= NINE) return true
  }
  return false
}
