/**
 * A segment: the words of some documents, written once and never changed. All of it is typed arrays, so that it can be
 * stored as it is. Documents are numbered from 0 in the order of their keys, terms in the order of their UTF-16 units.
 *
 * The postings of a term stand in blocks of 128. In `postings`, a posting is a varint of twice the distance to the document
 * before, plus 1 where the term occurs once; else the number of occurrences follows in a byte. In `positions`, each
 * occurrence is a varint of the distance to the one before in its document, the first to -1. Distances of documents go on
 * over blocks; `lastDocs` says where a block begins.
 */
export interface Segment {
  /** By document, ascending. */
  readonly keys: Uint32Array
  /** By document, in words that are no stop words. */
  readonly lengths: Uint32Array
  /** By document: its place in `LANGUAGES`. */
  readonly languages: Uint8Array
  /** The terms behind one another, in UTF-16 units, and the end of each. */
  readonly letters: Uint16Array
  readonly letterEnds: Uint32Array
  /** By term: in how many documents it is. */
  readonly frequencies: Uint32Array
  /** By term, and one more: the number of its first block. */
  readonly firstBlocks: Uint32Array
  /** By block: its last document, and its ends in `postings` and `positions`. */
  readonly lastDocs: Uint32Array
  readonly postingEnds: Uint32Array
  readonly positionEnds: Uint32Array
  /** By block: the most occurrences in a document, and the least length of one (at most 255): they bound its scores. */
  readonly mostOccurrences: Uint8Array
  readonly leastLengths: Uint8Array
  readonly postings: Uint8Array
  readonly positions: Uint8Array
}

export const BLOCK = 128
/** A term that occurs more often counts as often as this: its BM25 weight is within 1 % of its limit by then. */
export const MOST_OCCURRENCES = 255

/** The bytes that a segment takes. */
export function segmentBytes(segment: Segment): number {
  return Object.values(segment).reduce(
    (sum: number, part: unknown) => sum + (ArrayBuffer.isView(part) ? part.byteLength : 0),
    0,
  )
}

/** The number of a document, or -1. */
export function docOf({ keys }: Pick<Segment, 'keys'>, key: number): number {
  let low = 0
  let high = keys.length - 1
  while (low <= high) {
    const middle = (low + high) >>> 1
    const at = keys[middle] as number
    if (at === key) return middle
    if (at < key) low = middle + 1
    else high = middle - 1
  }
  return -1
}
