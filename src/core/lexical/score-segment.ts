/**
 * Scores a segment without looking at every posting: MaxScore (Turtle and Flood, 1995) over windows of documents, with the
 * bounds of the blocks that a window meets (block-max indexes: Ding and Suel, 2011). Clauses whose bounds together cannot
 * reach the threshold are only looked up, in documents that other clauses brought forward.
 */
import type { BestKeys } from '../ranking/best-keys.ts'
import {
  addClause,
  boundClause,
  type Clause,
  lookUpClause,
  type Norm,
  type RunningClause,
  startClause,
  mark,
  WINDOW,
  type Window,
} from './running-clause.ts'
import type { Segment } from './segment.ts'

export interface SegmentQuery {
  readonly segment: Segment
  readonly clauses: readonly Clause[]
  readonly norm: Norm
  /** Room to add up in, from `createWindow`; one for all segments. */
  readonly window: Window
  readonly mayBeFound: (doc: number) => boolean
  /** Documents whose scores are wanted whatever they are, ascending. */
  readonly wanted: Uint32Array
  readonly best: BestKeys
  /** Told of every document that is wanted or was offered to `best`. */
  readonly scored: (key: number, score: number, coverage: number) => void
}

/** Bounds are sums in another order than scores: what they may miss by rounding. */
const SLACK = 1.000_001
const MARGIN = 1e-9

export function scoreSegment(query: SegmentQuery): void {
  const { segment, best, norm } = query
  const clauses = query.clauses.map(clause => startClause(clause, segment, norm))
  const { window } = query
  window.from = 0
  window.to = 0
  let wanted = 0
  while (window.to < segment.keys.length) {
    window.from = window.to
    window.to = Math.min(window.from + WINDOW, segment.keys.length)
    for (const clause of clauses) boundClause(clause, window)
    const order = clauses.toSorted((a, b) => a.bound - b.bound)
    const essential = firstEssential(order, best.threshold())
    const start = wanted
    while (wanted < query.wanted.length && (query.wanted[wanted] as number) < window.to) wanted++
    if (essential === order.length && start === wanted) continue
    for (const clause of order.slice(essential)) addClause(clause, window)
    settle(window, order.slice(0, essential).toReversed(), query.wanted.subarray(start, wanted), query)
  }
}

/** The clauses before it cannot, all together, bring a document to the threshold. */
function firstEssential(order: readonly RunningClause[], threshold: number): number {
  let sum = 0
  const first = order.findIndex(({ bound }) => {
    sum += bound
    return reaches(sum, threshold)
  })
  return first < 0 ? order.length : first
}

function reaches(bound: number, threshold: number): boolean {
  return bound * SLACK + MARGIN >= threshold
}

/** Brings the documents of the window that are wanted, or may be among the best, to their scores; leaves it all 0. */
function settle(
  window: Window,
  lookedUp: readonly RunningClause[],
  wanted: Uint32Array,
  query: SegmentQuery,
): void {
  const { from, marks, sums, shares } = window
  const bounds = boundsFrom(lookedUp)
  const more = bounds[0] as number
  let next = 0
  for (const doc of wanted) mark(marks, doc - from)
  for (let word = 0; word < marks.length; word++) {
    for (let left = marks[word] as number; left !== 0; left &= left - 1) {
      const place = 32 * word + (31 - Math.clz32(left & -left))
      const isWanted = wanted[next] === from + place
      if (isWanted) next++
      if (isWanted || reaches((sums[place] as number) + more, query.best.threshold())) {
        consider(window, from + place, isWanted, lookedUp, bounds, query)
      }
      sums[place] = 0
      shares[place] = 0
    }
    marks[word] = 0
  }
}

function consider(
  window: Window,
  doc: number,
  isWanted: boolean,
  lookedUp: readonly RunningClause[],
  bounds: Float64Array,
  { segment, best, mayBeFound, scored }: SegmentQuery,
): void {
  const mayBeBest = mayBeFound(doc)
  if (!isWanted && !mayBeBest) return
  if (!complete(window, doc, lookedUp, bounds, isWanted ? -Infinity : best.threshold())) return
  const key = segment.keys[doc] as number
  const score = window.sums[doc - window.from] as number
  scored(key, score, window.shares[doc - window.from] as number)
  if (mayBeBest && score > 0) best.offer(key, score)
}

/** What the clauses from each one on can add together. */
function boundsFrom(clauses: readonly RunningClause[]): Float64Array {
  const bounds = new Float64Array(clauses.length + 1)
  for (let i = clauses.length - 1; i >= 0; i--)
    bounds[i] = (bounds[i + 1] as number) + (clauses[i]?.bound ?? 0)
  return bounds
}

/** Looks the remaining clauses up, as long as the document can reach the threshold; whether it still can at the end. */
function complete(
  window: Window,
  doc: number,
  lookedUp: readonly RunningClause[],
  bounds: Float64Array,
  threshold: number,
): boolean {
  const place = doc - window.from
  for (let i = 0; i < lookedUp.length; i++) {
    if (!reaches((window.sums[place] as number) + (bounds[i] as number), threshold)) return false
    lookUpClause(lookedUp[i] as RunningClause, doc, window)
  }
  return reaches(window.sums[place] as number, threshold)
}
