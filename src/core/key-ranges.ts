/**
 * A set of keys as closed ranges, ascending and apart: small for documents, whose passages have keys in a row, and
 * cloneable. What a search is restricted to.
 */
export interface KeyRanges {
  /** The first key of every range, and the last; both belong to it. */
  readonly first: Uint32Array
  readonly last: Uint32Array
}

const MOST_KEY = 0xffff_ffff

export const NO_KEYS: KeyRanges = { first: new Uint32Array(0), last: new Uint32Array(0) }

/** Of keys that ascend without repetition. */
export function rangesOfKeys(keys: ArrayLike<number>): KeyRanges {
  const ranges: [number, number][] = []
  let current: [number, number] | undefined
  for (let i = 0; i < keys.length; i++) {
    const key = keys[i] as number
    if (current !== undefined && key === current[1] + 1) current[1] = key
    else ranges.push((current = [key, key]))
  }
  return rangesOf(ranges)
}

/** Of pairs of a first and a last key in any order, which may overlap. */
export function rangesOf(pairs: readonly (readonly [first: number, last: number])[]): KeyRanges {
  const joined: [number, number][] = []
  for (const [first, last] of pairs.toSorted((a, b) => a[0] - b[0])) {
    const previous = joined.at(-1)
    if (previous === undefined || first > previous[1] + 1) joined.push([first, last])
    else previous[1] = Math.max(previous[1], last)
  }
  return { first: Uint32Array.from(joined, pair => pair[0]), last: Uint32Array.from(joined, pair => pair[1]) }
}

/** Every key that is not in `ranges`. */
export function complement({ first, last }: KeyRanges): KeyRanges {
  const gaps: [number, number][] = []
  let next = 0
  for (let i = 0; i < first.length; i++) {
    const start = first[i] as number
    if (start > next) gaps.push([next, start - 1])
    next = (last[i] as number) + 1
  }
  if (next <= MOST_KEY) gaps.push([next, MOST_KEY])
  return rangesOf(gaps)
}

/** The keys that are in both. */
export function intersection(a: KeyRanges, b: KeyRanges): KeyRanges {
  const shared: [number, number][] = []
  let [i, j] = [0, 0]
  while (i < a.first.length && j < b.first.length) {
    const first = Math.max(a.first[i] as number, b.first[j] as number)
    const last = Math.min(a.last[i] as number, b.last[j] as number)
    if (first <= last) shared.push([first, last])
    if (last === a.last[i]) i++
    else j++
  }
  return rangesOf(shared)
}

/** How many keys there are. */
export function sizeOf({ first, last }: KeyRanges): number {
  return first.reduce((sum, start, i) => sum + (last[i] as number) - start + 1, 0)
}

/** Tells whether a key belongs to the set; quickest for keys that come about in order. */
export function membership({ first, last }: KeyRanges): (key: number) => boolean {
  let at = 0
  return key => {
    if (at >= first.length || key < (first[at] as number) || key > (last[at] as number))
      at = rangeAt(first, key)
    return at < first.length && key >= (first[at] as number) && key <= (last[at] as number)
  }
}

/** The number of the last range that begins at `key` or before it; 0 when there is none. */
function rangeAt(first: Uint32Array, key: number): number {
  let low = 0
  let high = first.length
  while (low < high) {
    const middle = (low + high) >>> 1
    if ((first[middle] as number) <= key) low = middle + 1
    else high = middle
  }
  return Math.max(0, low - 1)
}
