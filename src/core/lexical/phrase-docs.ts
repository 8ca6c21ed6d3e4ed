/** Which documents of a segment hold a phrase. */
import { openCursor, nextBlock, type PostingCursor, seek, unpackPositions } from './posting-cursor.ts'
import type { Segment } from './segment.ts'

/** A word of a phrase: the terms that answer to it in the segment, and its place in the phrase. */
export interface PhraseWord {
  readonly terms: readonly number[]
  readonly offset: number
}

interface Occurring {
  readonly cursor: PostingCursor
  /** The block that `positions` are of. */
  block: number
  positions: ReturnType<typeof unpackPositions>
}

/** Ascending, dead ones too. A phrase without words is in none. */
export function docsWithPhrase(segment: Segment, words: readonly PhraseWord[]): number[] {
  const [rarest, ...others] = words.toSorted((a, b) => postingsOf(segment, a) - postingsOf(segment, b))
  if (rarest === undefined) return []
  const candidates = docsOf(segment, rarest)
  if (others.length === 0) return candidates
  const occurring = [rarest, ...others].map(({ terms, offset }) => {
    return { offset, terms: terms.map(term => occurringOf(segment, term)) }
  })
  return candidates.filter(doc => {
    // Most have not all of the words; that is cheaper to see than where they stand.
    if (!occurring.every(({ terms }) => terms.some(({ cursor }) => isAt(cursor, doc)))) return false
    let starts: number[] | undefined
    for (const { terms, offset } of occurring) {
      const places = new Set(terms.flatMap(term => placesIn(term, doc)))
      starts =
        starts === undefined
          ? Array.from(places, place => place - offset)
          : starts.filter(start => places.has(start + offset))
      if (starts.length === 0) return false
    }
    return true
  })
}

function postingsOf({ frequencies }: Segment, { terms }: PhraseWord): number {
  return terms.reduce((sum, term) => sum + (frequencies[term] as number), 0)
}

function docsOf(segment: Segment, { terms }: PhraseWord): number[] {
  const docs = new Set<number>()
  for (const term of terms) {
    const cursor = openCursor(segment, term)
    while (nextBlock(cursor)) for (const doc of cursor.docs.subarray(0, cursor.count)) docs.add(doc)
  }
  return Array.from(docs).toSorted((a, b) => a - b)
}

function occurringOf(segment: Segment, term: number): Occurring {
  const none = { starts: new Uint32Array(1), places: new Uint32Array(0) }
  return { cursor: openCursor(segment, term), block: -1, positions: none }
}

/** Moves on to `doc`; whether it has the term. */
function isAt(cursor: PostingCursor, doc: number): boolean {
  return seek(cursor, doc) && cursor.docs[cursor.at] === doc
}

/** Where the term stands in `doc`; documents come in order. */
function placesIn(occurring: Occurring, doc: number): number[] {
  const { cursor } = occurring
  if (!isAt(cursor, doc)) return []
  if (occurring.block !== cursor.block) {
    occurring.positions = unpackPositions(cursor)
    occurring.block = cursor.block
  }
  const { starts, places } = occurring.positions
  return Array.from(places.subarray(starts[cursor.at], starts[cursor.at + 1]))
}
