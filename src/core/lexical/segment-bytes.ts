/**
 * A segment as bytes: six numbers, then its arrays behind one another, the widest first, so that each is aligned without
 * a gap. In the byte order of the device, which a snapshot never leaves.
 */
import { LANGUAGES } from './language.ts'
import { BLOCK, type Segment } from './segment.ts'
import { LONGEST_TERM } from './tokenise.ts'

const HEADER = 6 * Uint32Array.BYTES_PER_ELEMENT

export function bytesOfSegment(segment: Segment): Uint8Array<ArrayBuffer> {
  const { keys, letters, letterEnds, lastDocs, postings, positions } = segment
  const sizes = [keys, letters, letterEnds, lastDocs, postings, positions].map(({ length }) => length)
  const arrays = [Uint32Array.from(sizes), ...arraysOf(segment)]
  const bytes = new Uint8Array(arrays.reduce((sum, { byteLength }) => sum + byteLength, 0))
  let at = 0
  for (const { buffer, byteOffset, byteLength } of arrays) {
    bytes.set(new Uint8Array(buffer, byteOffset, byteLength), at)
    at += byteLength
  }
  return bytes
}

/** In the order in which they are stored. */
function arraysOf(segment: Segment): readonly (Uint32Array | Uint16Array | Uint8Array)[] {
  const { keys, lengths, letterEnds, frequencies, firstBlocks, lastDocs, postingEnds, positionEnds } = segment
  const { letters, languages, mostOccurrences, leastLengths, postings, positions } = segment
  const long = [keys, lengths, letterEnds, frequencies, firstBlocks, lastDocs, postingEnds, positionEnds]
  return [...long, letters, languages, mostOccurrences, leastLengths, postings, positions]
}

/**
 * The segment lies in `bytes`, unless they begin at an odd place of their buffer. What the postings say is not looked at;
 * that they and all else stay within their bounds is.
 * @throws Error when they cannot be a segment.
 */
export function segmentOf(bytes: Uint8Array<ArrayBuffer>): Segment {
  if (bytes.length < HEADER) throw new Error(`expected ${HEADER} bytes or more, got ${bytes.length}`)
  const aligned = bytes.byteOffset % Uint32Array.BYTES_PER_ELEMENT === 0 ? bytes : bytes.slice()
  const { buffer, byteOffset } = aligned
  const sizes = new Uint32Array(buffer, byteOffset, 6)
  const [documents = 0, letters = 0, terms = 0, blocks = 0, postings = 0, positions = 0] = sizes
  const expected =
    HEADER + 9 * documents + 2 * letters + 8 * terms + 4 * (terms + 1) + 14 * blocks + postings + positions
  if (bytes.length !== expected) throw new Error(`expected ${expected} bytes of words, got ${bytes.length}`)
  let at = byteOffset + HEADER
  const taken = (length: number) => {
    at += length
    return at - length
  }
  const long = (length: number) => new Uint32Array(buffer, taken(4 * length), length)
  const short = (length: number) => new Uint8Array(buffer, taken(length), length)
  // In the order in which they are stored.
  const segment = {
    keys: long(documents),
    lengths: long(documents),
    letterEnds: long(terms),
    frequencies: long(terms),
    firstBlocks: long(terms + 1),
    lastDocs: long(blocks),
    postingEnds: long(blocks),
    positionEnds: long(blocks),
    letters: new Uint16Array(buffer, taken(2 * letters), letters),
    languages: short(documents),
    mostOccurrences: short(blocks),
    leastLengths: short(blocks),
    postings: short(postings),
    positions: short(positions),
  }
  check(segment)
  return segment
}

function check(segment: Segment): void {
  const { keys, letters, letterEnds, firstBlocks, lastDocs, postingEnds, positionEnds } = segment
  const { postings, positions, languages } = segment
  keys.forEach((key, doc) => {
    const before = doc === 0 ? -1 : (keys[doc - 1] as number)
    if (key <= before) throw new Error(`expected ascending keys, got ${key} behind ${before}`)
  })
  const unknown = languages.find(language => language >= LANGUAGES.length)
  if (unknown !== undefined) {
    throw new Error(`expected languages from 0 to ${LANGUAGES.length - 1}, got ${unknown}`)
  }
  checkEnds('letters', letterEnds, letters.length, LONGEST_TERM)
  checkEnds('blocks', firstBlocks, lastDocs.length)
  if (firstBlocks[0] !== 0) throw new Error(`expected the first block to be 0, got ${firstBlocks[0]}`)
  checkEnds('postings', postingEnds, postings.length)
  checkEnds('positions', positionEnds, positions.length)
  checkBlocks(segment)
}

/** They never go down, by steps of `most` at most, and the last is `length`. */
function checkEnds(what: string, ends: Uint32Array, length: number, most = Infinity): void {
  let before = 0
  for (const end of ends) {
    if (end < before || end - before > most) {
      throw new Error(`expected ends of ${what} that go up by ${most} at most, got ${end} behind ${before}`)
    }
    before = end
  }
  if (before !== length) throw new Error(`expected ends of ${what} up to ${length}, got ${before}`)
}

/** Each term has as many blocks as its postings need, and each block ends at a document behind the one before. */
function checkBlocks({ keys, frequencies, firstBlocks, lastDocs }: Segment): void {
  for (let term = 0; term < frequencies.length; term++) {
    const first = firstBlocks[term] as number
    const end = firstBlocks[term + 1] as number
    const frequency = frequencies[term] as number
    if (frequency > keys.length || Math.ceil(frequency / BLOCK) !== end - first) {
      throw new Error(`expected postings for ${end - first} blocks of ${keys.length} keys, got ${frequency}`)
    }
    let before = -1
    for (let block = first; block < end; block++) {
      const last = lastDocs[block] as number
      if (last <= before || last >= keys.length) {
        throw new Error(`expected a document from ${before + 1} to ${keys.length - 1}, got ${last}`)
      }
      before = last
    }
  }
}
