/** The terms of a segment: a sorted list of strings in two typed arrays. */
import type { Segment } from './segment.ts'

export type Dictionary = Pick<Segment, 'letters' | 'letterEnds'>

export function termAt({ letters, letterEnds }: Dictionary, term: number): string {
  return String.fromCharCode(...letters.subarray(letterEnds[term - 1] ?? 0, letterEnds[term]))
}

/** The number of a term, or -1. */
export function findTerm(dictionary: Dictionary, text: string): number {
  const at = firstFrom(dictionary, text)
  return at < dictionary.letterEnds.length && compare(dictionary, at, text) === 0 ? at : -1
}

/** The terms that begin with `prefix`, as `[start, end)`. */
export function termsWithPrefix(dictionary: Dictionary, prefix: string): [start: number, end: number] {
  const start = firstFrom(dictionary, prefix)
  let low = start
  let high = dictionary.letterEnds.length
  while (low < high) {
    const middle = (low + high) >>> 1
    if (beginsWith(dictionary, middle, prefix)) low = middle + 1
    else high = middle
  }
  return [start, low]
}

/** Less than 0 where term `a` of one dictionary comes before term `b` of another; 0 where they are the same. */
export function compareTerms(one: Dictionary, a: number, other: Dictionary, b: number): number {
  let at = one.letterEnds[a - 1] ?? 0
  let bt = other.letterEnds[b - 1] ?? 0
  const aEnd = one.letterEnds[a] as number
  const bEnd = other.letterEnds[b] as number
  while (at < aEnd && bt < bEnd) {
    const difference = (one.letters[at++] as number) - (other.letters[bt++] as number)
    if (difference !== 0) return difference
  }
  return aEnd - at - (bEnd - bt)
}

/** The first term that is `text` or comes after it. */
function firstFrom(dictionary: Dictionary, text: string): number {
  let low = 0
  let high = dictionary.letterEnds.length
  while (low < high) {
    const middle = (low + high) >>> 1
    if (compare(dictionary, middle, text) < 0) low = middle + 1
    else high = middle
  }
  return low
}

function compare({ letters, letterEnds }: Dictionary, term: number, text: string): number {
  const start = letterEnds[term - 1] ?? 0
  const length = (letterEnds[term] as number) - start
  const shared = Math.min(length, text.length)
  for (let i = 0; i < shared; i++) {
    const difference = (letters[start + i] as number) - text.charCodeAt(i)
    if (difference !== 0) return difference
  }
  return length - text.length
}

function beginsWith({ letters, letterEnds }: Dictionary, term: number, prefix: string): boolean {
  const start = letterEnds[term - 1] ?? 0
  if ((letterEnds[term] as number) - start < prefix.length) return false
  for (let i = 0; i < prefix.length; i++) if (letters[start + i] !== prefix.charCodeAt(i)) return false
  return true
}
