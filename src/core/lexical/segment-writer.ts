/** Writes a segment term by term, in the order of terms, documents and positions. */
import { roomFor } from './room-for.ts'
import { BLOCK, MOST_OCCURRENCES, type Segment } from './segment.ts'

export interface SegmentWriter {
  /** Begins the next term, which comes after all before it. */
  term(letters: ArrayLike<number>, start: number, end: number): void
  /** The next document of the term, with the places of its occurrences: `positions[start]` to `positions[end - 1]`. */
  posting(doc: number, positions: ArrayLike<number>, start: number, end: number): void
  finish(): Segment
}

/** What is known of the size, so that a large segment is written without moving it about. */
export interface SizeHint {
  readonly terms: number
  readonly letters: number
  readonly postings: number
  readonly positions: number
}

type Documents = Pick<Segment, 'keys' | 'lengths' | 'languages'>

export function createSegmentWriter({ keys, lengths, languages }: Documents, hint: SizeHint): SegmentWriter {
  let letters = new Uint16Array(hint.letters)
  let letterCount = 0
  let letterEnds = new Uint32Array(hint.terms)
  let frequencies = new Uint32Array(hint.terms)
  let firstBlocks = new Uint32Array(hint.terms + 1)
  let terms = 0
  let lastDocs = new Uint32Array(hint.terms)
  let postingEnds = new Uint32Array(hint.terms)
  let positionEnds = new Uint32Array(hint.terms)
  let mostOccurrences = new Uint8Array(hint.terms)
  let leastLengths = new Uint8Array(hint.terms)
  let blocks = 0
  let postings = new Uint8Array(hint.postings)
  let postingEnd = 0
  let positionBytes = new Uint8Array(hint.positions)
  let positionEnd = 0
  let inBlock = 0
  let previousDoc = -1

  return {
    term(source, start, end) {
      closeBlock()
      if (terms === letterEnds.length) growTerms()
      letters = roomFor(letters, letterCount + end - start)
      for (let at = start; at < end; at++) letters[letterCount++] = source[at] as number
      letterEnds[terms] = letterCount
      firstBlocks[terms++] = blocks
      previousDoc = -1
    },

    posting(doc, source, start, end) {
      if (inBlock === BLOCK) closeBlock()
      if (inBlock === 0) openBlock()
      const occurrences = Math.min(end - start, MOST_OCCURRENCES)
      const block = blocks - 1
      writeDoc(doc, occurrences)
      writePositions(source, start, start + occurrences)
      frequencies[terms - 1] = (frequencies[terms - 1] as number) + 1
      mostOccurrences[block] = Math.max(mostOccurrences[block] as number, occurrences)
      leastLengths[block] = Math.min(leastLengths[block] as number, lengths[doc] as number)
      lastDocs[block] = doc
      previousDoc = doc
      inBlock++
    },

    finish() {
      closeBlock()
      if (firstBlocks.length === terms) firstBlocks = roomFor(firstBlocks, terms + 1)
      firstBlocks[terms] = blocks
      return {
        keys,
        lengths,
        languages,
        letters: letters.slice(0, letterCount),
        letterEnds: letterEnds.slice(0, terms),
        frequencies: frequencies.slice(0, terms),
        firstBlocks: firstBlocks.slice(0, terms + 1),
        lastDocs: lastDocs.slice(0, blocks),
        postingEnds: postingEnds.slice(0, blocks),
        positionEnds: positionEnds.slice(0, blocks),
        mostOccurrences: mostOccurrences.slice(0, blocks),
        leastLengths: leastLengths.slice(0, blocks),
        postings: postings.slice(0, postingEnd),
        positions: positionBytes.slice(0, positionEnd),
      }
    },
  }

  function openBlock(): void {
    if (blocks === lastDocs.length) growBlocks()
    leastLengths[blocks] = 255
    mostOccurrences[blocks++] = 0
  }

  function closeBlock(): void {
    if (inBlock === 0) return
    postingEnds[blocks - 1] = postingEnd
    positionEnds[blocks - 1] = positionEnd
    inBlock = 0
  }

  function writeDoc(doc: number, occurrences: number): void {
    // A varint of at most 33 bits, and one byte.
    postings = roomFor(postings, postingEnd + 6)
    const distance = doc - previousDoc
    let rest = distance >>> 6
    postings[postingEnd++] = ((distance & 63) << 1) | (occurrences === 1 ? 1 : 0) | (rest > 0 ? 128 : 0)
    for (; rest > 0; rest >>>= 7) postings[postingEnd++] = (rest & 127) | (rest > 127 ? 128 : 0)
    if (occurrences > 1) postings[postingEnd++] = occurrences
  }

  function writePositions(source: ArrayLike<number>, start: number, end: number): void {
    positionBytes = roomFor(positionBytes, positionEnd + 5 * (end - start))
    let previous = -1
    for (let at = start; at < end; at++) {
      const position = source[at] as number
      let rest = position - previous
      for (; rest > 127; rest >>>= 7) positionBytes[positionEnd++] = (rest & 127) | 128
      positionBytes[positionEnd++] = rest
      previous = position
    }
  }

  function growTerms(): void {
    letterEnds = roomFor(letterEnds, terms + 1)
    frequencies = roomFor(frequencies, terms + 1)
    firstBlocks = roomFor(firstBlocks, terms + 2)
  }

  function growBlocks(): void {
    lastDocs = roomFor(lastDocs, blocks + 1)
    postingEnds = roomFor(postingEnds, blocks + 1)
    positionEnds = roomFor(positionEnds, blocks + 1)
    mostOccurrences = roomFor(mostOccurrences, blocks + 1)
    leastLengths = roomFor(leastLengths, blocks + 1)
  }
}
