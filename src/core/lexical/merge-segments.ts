import { compareTerms } from './dictionary.ts'
import type { LiveSegment } from './live-segment.ts'
import { nextBlock, openCursor, unpackPositions } from './posting-cursor.ts'
import { roomFor } from './room-for.ts'
import { BLOCK, type Segment } from './segment.ts'
import { createSegmentWriter, type SegmentWriter } from './segment-writer.ts'

export interface MergedSegment {
  readonly segment: Segment
  /** For each source, by document: its number in the merged segment, or -1 where it was dead when the merge began. */
  readonly places: readonly Int32Array[]
}

/** One source: where its next term is. */
interface Source {
  readonly segment: Segment
  readonly places: Int32Array
  term: number
}

/** Postings of one term out of all sources; room for them is kept from term to term. */
interface Gathered {
  docs: Uint32Array<ArrayBuffer>
  /** The places of posting `i` end at `ends[i]`. */
  ends: Uint32Array<ArrayBuffer>
  positions: Uint32Array<ArrayBuffer>
  count: number
  positionCount: number
}

/**
 * One segment of the living documents of several, no two of which share a key. Yields, after each term, how many postings
 * it has read, so that the caller can spread the work; documents may be buried meanwhile, see `places`.
 */
export function* mergeSegments(lives: readonly LiveSegment[]): Generator<number, MergedSegment> {
  const { documents, places } = mergeDocuments(lives)
  const writer = createSegmentWriter(documents, sizeOf(lives))
  const sources = lives.map(({ segment }, i): Source => {
    return { segment, places: places[i] ?? new Int32Array(0), term: 0 }
  })
  const gathered: Gathered = {
    docs: new Uint32Array(BLOCK),
    ends: new Uint32Array(BLOCK),
    positions: new Uint32Array(BLOCK),
    count: 0,
    positionCount: 0,
  }
  for (;;) {
    const having = sourcesOfNextTerm(sources)
    if (having.length === 0) break
    yield writeTerm(writer, having, gathered)
    for (const source of having) source.term++
  }
  return { segment: writer.finish(), places }
}

/** The living documents in the order of their keys. */
function mergeDocuments(lives: readonly LiveSegment[]) {
  const count = lives.reduce((sum, { alive }) => sum + alive, 0)
  const keys = new Uint32Array(count)
  const lengths = new Uint32Array(count)
  const languages = new Uint8Array(count)
  const places = lives.map(({ segment }) => new Int32Array(segment.keys.length).fill(-1))
  const next = lives.map(live => livingFrom(live, 0))
  for (let place = 0; place < count; place++) {
    const source = sourceOfLeastKey(lives, next)
    const live = lives[source] as LiveSegment
    const doc = next[source] as number
    keys[place] = live.segment.keys[doc] as number
    lengths[place] = live.segment.lengths[doc] as number
    languages[place] = live.segment.languages[doc] as number
    ;(places[source] as Int32Array)[doc] = place
    next[source] = livingFrom(live, doc + 1)
  }
  return { documents: { keys, lengths, languages }, places }
}

function sourceOfLeastKey(lives: readonly LiveSegment[], next: readonly number[]): number {
  let [best, least] = [-1, Infinity]
  for (let source = 0; source < lives.length; source++) {
    const key = lives[source]?.segment.keys[next[source] as number] ?? Infinity
    if (key < least) [best, least] = [source, key]
  }
  return best
}

/** The first living document at `doc` or behind it. */
function livingFrom({ dead }: LiveSegment, doc: number): number {
  let living = doc
  while (dead[living] === 1) living++
  return living
}

/** The most that can be needed, but for distances that grow where documents of two sources meet. */
function sizeOf(lives: readonly LiveSegment[]) {
  const sum = (of: (segment: Segment) => number) => lives.reduce((all, { segment }) => all + of(segment), 0)
  return {
    terms: sum(segment => segment.letterEnds.length),
    letters: sum(segment => segment.letters.length),
    postings: sum(segment => segment.postings.length + 2 * segment.letterEnds.length),
    positions: sum(segment => segment.positions.length) + 64,
  }
}

/** Those that have the least of all next terms. */
function sourcesOfNextTerm(sources: readonly Source[]): Source[] {
  let having: Source[] = []
  for (const source of sources) {
    if (source.term === source.segment.letterEnds.length) continue
    const [least] = having
    const order =
      least === undefined ? -1 : compareTerms(source.segment, source.term, least.segment, least.term)
    if (order < 0) having = [source]
    else if (order === 0) having.push(source)
  }
  return having
}

function writeTerm(writer: SegmentWriter, sources: readonly Source[], gathered: Gathered): number {
  gathered.count = 0
  gathered.positionCount = 0
  const read = sources.reduce((sum, source) => sum + gather(source, gathered), 0)
  const { docs, ends, positions, count } = gathered
  const [first] = sources
  if (count === 0 || first === undefined) return read
  const { letters, letterEnds } = first.segment
  writer.term(letters, letterEnds[first.term - 1] ?? 0, letterEnds[first.term] as number)
  const write = (at: number) => {
    writer.posting(docs[at] as number, positions, at === 0 ? 0 : (ends[at - 1] as number), ends[at] as number)
  }
  if (isAscending(docs, count)) for (let at = 0; at < count; at++) write(at)
  else for (const at of inOrder(docs, count)) write(at)
  return read
}

/** Adds the postings of the source's term whose documents live; returns how many it has read. */
function gather({ segment, places, term }: Source, gathered: Gathered): number {
  const cursor = openCursor(segment, term)
  while (nextBlock(cursor)) {
    const { starts, places: found } = unpackPositions(cursor)
    makeRoom(gathered, cursor.count, found.length)
    for (let at = 0; at < cursor.count; at++) {
      const doc = places[cursor.docs[at] as number] as number
      if (doc < 0) continue
      const end = starts[at + 1] as number
      for (let i = starts[at] as number; i < end; i++) {
        gathered.positions[gathered.positionCount++] = found[i] as number
      }
      gathered.docs[gathered.count] = doc
      gathered.ends[gathered.count++] = gathered.positionCount
    }
  }
  return segment.frequencies[term] as number
}

function makeRoom(gathered: Gathered, postings: number, positions: number): void {
  gathered.docs = roomFor(gathered.docs, gathered.count + postings)
  gathered.ends = roomFor(gathered.ends, gathered.count + postings)
  gathered.positions = roomFor(gathered.positions, gathered.positionCount + positions)
}

/** Mostly they are: keys grow, and sources hold stretches of them. */
function isAscending(docs: Uint32Array, count: number): boolean {
  for (let at = 1; at < count; at++) if ((docs[at] as number) < (docs[at - 1] as number)) return false
  return true
}

/** The numbers of the postings in the order of their documents. */
function inOrder(docs: Uint32Array, count: number): Uint32Array {
  const order = Uint32Array.from({ length: count }, (_, at) => at)
  return order.toSorted((a, b) => (docs[a] as number) - (docs[b] as number))
}
