/** A clause while a segment is scored: what it can add to a window of documents, what it adds, and to one document. */
import { nextBlock, openCursor, type PostingCursor, seek } from './posting-cursor.ts'
import { MOST_OCCURRENCES, type Segment } from './segment.ts'

/** A word of a query in one segment: its terms there, and what it is worth. */
export interface Clause {
  readonly terms: readonly { readonly term: number; readonly weight: number }[]
  /** Inverse document frequency times how often the word was typed. */
  readonly worth: number
  /** Its part of the query, for the coverage. */
  readonly share: number
}

/** A document of length L is normed by `base + perWord · L`. */
export interface Norm {
  readonly base: number
  readonly perWord: number
}

/** Documents `[from, to)`, by their distance to `from`: sums of scores and of shares, 0 where nothing was added. */
export interface Window {
  from: number
  to: number
  /** A bit for every document to which something was added. */
  readonly marks: Uint32Array
  readonly sums: Float64Array
  readonly shares: Float64Array
  /** Room for the terms of one clause; all 0 in between. */
  readonly clause: {
    readonly marks: Uint32Array
    /** Occurrences, each times the weight of its term, and the largest of these weights. */
    readonly occurrences: Float64Array
    readonly weights: Float64Array
  }
}

/** Documents in a window. */
export const WINDOW = 2048

export function createWindow(): Window {
  const clause = { marks: createMarks(), occurrences: createNumbers(), weights: createNumbers() }
  return { from: 0, to: 0, marks: createMarks(), sums: createNumbers(), shares: createNumbers(), clause }
}

function createMarks(): Uint32Array {
  return new Uint32Array(WINDOW / 32)
}

function createNumbers(): Float64Array {
  return new Float64Array(WINDOW)
}

export function mark(marks: Uint32Array, place: number): void {
  marks[place >>> 5] = (marks[place >>> 5] as number) | (1 << (place & 31))
}

export interface RunningClause {
  readonly segment: Segment
  readonly cursors: readonly WeighedCursor[]
  readonly worth: number
  readonly share: number
  readonly norm: Norm
  /** What it can add to a document of the window at most. */
  bound: number
}

interface WeighedCursor {
  readonly postings: PostingCursor
  readonly weight: number
  /** The first block that reaches into the window. */
  block: number
}

export function startClause({ terms, worth, share }: Clause, segment: Segment, norm: Norm): RunningClause {
  const cursors = terms.map(({ term, weight }) => {
    const postings = openCursor(segment, term)
    return { postings, weight, block: postings.firstBlock }
  })
  return { segment, cursors, worth, share, norm, bound: 0 }
}

/** Sets the bound, from the blocks that the window meets. Windows come in order. */
export function boundClause(clause: RunningClause, { from, to }: Window): void {
  const { lastDocs, mostOccurrences, leastLengths } = clause.segment
  let [occurrences, length] = [0, 255]
  for (const cursor of clause.cursors) {
    const end = cursor.postings.blockEnd
    while (cursor.block < end && (lastDocs[cursor.block] as number) < from) cursor.block++
    let most = 0
    for (let block = cursor.block; block < end; block++) {
      if (block > cursor.block && (lastDocs[block - 1] as number) + 1 >= to) break
      most = Math.max(most, mostOccurrences[block] as number)
      length = Math.min(length, leastLengths[block] as number)
    }
    occurrences += most * cursor.weight
  }
  clause.bound = gainOf(clause, occurrences, length)
}

/** Adds the clause to every document of the window that has it. */
export function addClause(clause: RunningClause, window: Window): void {
  const [only] = clause.cursors
  if (only === undefined) return
  if (clause.cursors.length > 1) addMany(clause, window)
  else addOne(clause, only, window)
}

function addOne(clause: RunningClause, { postings, weight }: WeighedCursor, window: Window): void {
  const { from, to, marks, sums, shares } = window
  const { worth, norm } = clause
  const { base, perWord } = norm
  const { lengths } = clause.segment
  const share = clause.share * weight
  const { docs, occurrences } = postings
  for (let more = seek(postings, from); more; more = nextBlock(postings)) {
    const { count } = postings
    let at = postings.at
    for (; at < count; at++) {
      const doc = docs[at] as number
      if (doc >= to) break
      const counted = (occurrences[at] as number) * weight
      const place = doc - from
      // `gainOf`, spelled out: this is the innermost loop of every search.
      const gain = (worth * counted) / (counted + base + perWord * (lengths[doc] as number)) + ROUND - ROUND
      mark(marks, place)
      sums[place] = (sums[place] as number) + gain
      shares[place] = (shares[place] as number) + share
    }
    postings.at = at
    if (at < count) return
  }
}

/** Several terms that count as one word: their occurrences are added before they are weighed. */
function addMany(clause: RunningClause, window: Window): void {
  for (const cursor of clause.cursors) gather(cursor, window)
  const { from, marks, sums, shares } = window
  const { marks: gathered, occurrences, weights } = window.clause
  const { lengths } = clause.segment
  for (let word = 0; word < gathered.length; word++) {
    const bits = gathered[word] as number
    if (bits === 0) continue
    gathered[word] = 0
    marks[word] = (marks[word] as number) | bits
    for (let left = bits; left !== 0; left &= left - 1) {
      const place = 32 * word + (31 - Math.clz32(left & -left))
      const gain = gainOf(clause, occurrences[place] as number, lengths[from + place] as number)
      sums[place] = (sums[place] as number) + gain
      shares[place] = (shares[place] as number) + clause.share * (weights[place] as number)
      occurrences[place] = 0
      weights[place] = 0
    }
  }
}

/** Adds the postings of one term in the window to those of its clause. */
function gather({ postings, weight }: WeighedCursor, { from, to, clause }: Window): void {
  const { marks, occurrences, weights } = clause
  const { docs, occurrences: own } = postings
  for (let more = seek(postings, from); more; more = nextBlock(postings)) {
    const { count } = postings
    let { at } = postings
    for (; at < count; at++) {
      const doc = docs[at] as number
      if (doc >= to) break
      const place = doc - from
      mark(marks, place)
      occurrences[place] = (occurrences[place] as number) + weight * (own[at] as number)
      if (weight > (weights[place] as number)) weights[place] = weight
    }
    postings.at = at
    if (at < count) return
  }
}

/** Adds the clause to one document of the window; documents come in order. */
export function lookUpClause(clause: RunningClause, doc: number, { from, sums, shares }: Window): void {
  let [occurrences, best] = [0, 0]
  for (const { postings, weight } of clause.cursors) {
    if (!seek(postings, doc) || postings.docs[postings.at] !== doc) continue
    occurrences += weight * (postings.occurrences[postings.at] as number)
    best = Math.max(best, weight)
  }
  if (occurrences === 0) return
  const place = doc - from
  sums[place] = (sums[place] as number) + gainOf(clause, occurrences, clause.segment.lengths[doc] as number)
  shares[place] = (shares[place] as number) + clause.share * best
}

/**
 * BM25's gain of a word, rounded to a multiple of 2⁻⁴⁰: such sums are exact below 4,096, in any order, so that documents
 * that are equal have equal scores whichever way they were added up.
 */
function gainOf({ worth, norm }: RunningClause, occurrences: number, length: number): number {
  const counted = Math.min(occurrences, MOST_OCCURRENCES)
  return (worth * counted) / (counted + norm.base + norm.perWord * length) + ROUND - ROUND
}
const ROUND = 6144
