import { least, median, most } from './pdf-piece.ts'

/** A stretch of a row without wide gaps. `order` is its place in the page's own order. */
export interface Segment {
  readonly x: number
  readonly right: number
  readonly y: number
  readonly size: number
  readonly characters: number
  readonly row: number
  readonly order: number
}

const DEEPEST = 3
/** A column has at least this many lines. */
const LEAST_LINES = 4
/** Share of a page's segments that may cross a gutter: titles, abstracts, wide figures. */
const MOST_CROSSING = 0.4
/** Points; real pages are far below. */
const WIDEST = 100_000

/**
 * Parts a page into regions in the order in which they are read: what spans the page, and between that its columns from
 * left to right. Segments of a region are in the order of their rows.
 */
export function regionsOf<T extends Segment>(segments: readonly T[], depth = 0): T[][] {
  const sorted = segments.toSorted((a, b) => a.row - b.row || a.x - b.x)
  const gutter = depth < DEEPEST ? findGutter(sorted) : undefined
  if (gutter === undefined) return sorted.length === 0 ? [] : [sorted]
  const regions: T[][] = []
  let left: T[] = []
  let right: T[] = []
  let across: T[] = []
  const flush = () => {
    regions.push(...regionsOf(left, depth + 1), ...regionsOf(right, depth + 1))
    left = []
    right = []
  }
  for (const segment of sorted) {
    const side = sideOf(segment, gutter)
    if (side === 'across') {
      flush()
      across.push(segment)
      continue
    }
    if (across.length > 0) regions.push(across)
    across = []
    if (side === 'left') left.push(segment)
    else right.push(segment)
  }
  if (across.length > 0) regions.push(across)
  flush()
  return regions
}

interface Gutter {
  readonly start: number
  readonly end: number
}

function sideOf({ x, right }: Segment, gutter: Gutter): 'left' | 'right' | 'across' {
  if (right <= gutter.end) return 'left'
  return x >= gutter.start ? 'right' : 'across'
}

/** The white band between two columns. A gap between the cells of a table is none. */
function findGutter(segments: readonly Segment[]): Gutter | undefined {
  if (segments.length < 2 * LEAST_LINES) return undefined
  const narrowest = 0.7 * median(segments.map(({ size }) => size))
  const candidates = emptyBands(segments).filter(({ start, end }) => end - start >= narrowest)
  return candidates.toSorted((a, b) => b.end - b.start - (a.end - a.start)).find(one => parts(segments, one))
}

/** Bands in the page's middle that few segments cross, by a sweep over whole points. */
function emptyBands(segments: readonly Segment[]): Gutter[] {
  const from = Math.floor(least(segments.map(({ x }) => x)))
  const width = Math.ceil(most(segments.map(({ right }) => right))) - from
  if (!(width > 0 && width < WIDEST)) return []
  const crossing = crossings(segments, from, width)
  const few = MOST_CROSSING * segments.length
  const middle = { start: Math.ceil(0.15 * width), end: Math.floor(0.85 * width) }
  return stretches(crossing, middle, few)
    .flatMap(band => stretches(crossing, band, 1 + fewest(crossing, band)))
    .map(({ start, end }) => ({ start: from + start - 1, end: from + end }))
}

/** By whole points from `from`: how many segments lie there. */
function crossings(segments: readonly Segment[], from: number, width: number): Int32Array {
  const counts = new Int32Array(width + 2)
  for (const { x, right } of segments) {
    const start = Math.ceil(x - from)
    const end = Math.max(start, Math.floor(right - from))
    counts[start] = (counts[start] ?? 0) + 1
    counts[end] = (counts[end] ?? 0) - 1
  }
  for (let at = 1; at < counts.length; at++) counts[at] = (counts[at] ?? 0) + (counts[at - 1] ?? 0)
  return counts
}

function fewest(counts: Int32Array, { start, end }: Gutter): number {
  return counts.subarray(start, end).reduce((a, b) => Math.min(a, b), Infinity)
}

/** The longest stretches within a band where the count is at most `limit`. */
function stretches(counts: Int32Array, band: Gutter, limit: number): Gutter[] {
  const found: Gutter[] = []
  let open: number | undefined
  for (let at = band.start; at <= band.end; at++) {
    const inside = at < band.end && (counts[at] ?? 0) <= limit
    if (inside) open ??= at
    else if (open !== undefined) {
      found.push({ start: open, end: at })
      open = undefined
    }
  }
  return found
}

/** Both sides are columns: of enough lines beside each other, and written one after the other or filled to the edge. */
function parts(segments: readonly Segment[], gutter: Gutter): boolean {
  const left = segments.filter(one => sideOf(one, gutter) === 'left')
  const right = segments.filter(one => sideOf(one, gutter) === 'right')
  if (left.length < LEAST_LINES || right.length < LEAST_LINES) return false
  if (left.length + right.length < (1 - MOST_CROSSING) * segments.length) return false
  if (!besideEachOther(left, right)) return false
  const switches = switchesOf(left, right)
  if (switches <= Math.max(3, 0.2 * Math.min(left.length, right.length))) return true
  return isFilled(left) && isFilled(right)
}

function besideEachOther(left: readonly Segment[], right: readonly Segment[]): boolean {
  const [a, b] = [extent(left), extent(right)]
  const shared = Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top)
  return shared > 0.3 * Math.min(a.bottom - a.top, b.bottom - b.top)
}

function extent(segments: readonly Segment[]): { top: number; bottom: number } {
  const ys = segments.map(({ y }) => y)
  return { top: least(ys), bottom: most(ys) }
}

/** How often the page's own order goes from one side to the other. */
function switchesOf(left: readonly Segment[], right: readonly Segment[]): number {
  const sides = [
    ...left.map(({ order }) => ({ order, side: 0 })),
    ...right.map(({ order }) => ({ order, side: 1 })),
  ]
  sides.sort((a, b) => a.order - b.order)
  return sides.filter(({ side }, i) => i > 0 && side !== sides[i - 1]?.side).length
}

/** Most lines of running text reach from edge to edge; cells of tables do not. */
function isFilled(segments: readonly Segment[]): boolean {
  const from = least(segments.map(({ x }) => x))
  const width = most(segments.map(({ right }) => right)) - from
  const fill = median(segments.map(({ x, right }) => (right - x) / width))
  return fill >= 0.7 && median(segments.map(({ characters }) => characters)) >= 15
}
