/** Walks the postings of a term, a block at a time, ever forward; blocks in between are never unpacked. */
import { BLOCK, type Segment } from './segment.ts'

/** One block unpacked, and the place in it. Plain fields, because the innermost loops of a search read them. */
export interface PostingCursor {
  readonly segment: Segment
  /** The block that is unpacked, and the end of the term's blocks. */
  block: number
  readonly firstBlock: number
  readonly blockEnd: number
  /** Documents of the block and how often the term occurs in each. */
  readonly docs: Uint32Array
  readonly occurrences: Uint8Array
  count: number
  at: number
}

/** Before the first posting: call `seek`. */
export function openCursor(segment: Segment, term: number): PostingCursor {
  const firstBlock = segment.firstBlocks[term] as number
  const blockEnd = segment.firstBlocks[term + 1] as number
  const room = Math.min(BLOCK, segment.frequencies[term] as number)
  return {
    segment,
    block: firstBlock - 1,
    firstBlock,
    blockEnd,
    docs: new Uint32Array(room),
    occurrences: new Uint8Array(room),
    count: 0,
    at: 0,
  }
}

/** Moves on to the first document at `doc` or behind it; false when there is none. */
export function seek(cursor: PostingCursor, doc: number): boolean {
  const { docs } = cursor
  if (cursor.count === 0 || (docs[cursor.count - 1] as number) < doc) {
    const block = blockFrom(cursor, doc)
    if (block === cursor.blockEnd) return false
    unpack(cursor, block)
  }
  while ((docs[cursor.at] as number) < doc) cursor.at++
  return true
}

/** Unpacks the block behind the present one; false at the end. */
export function nextBlock(cursor: PostingCursor): boolean {
  if (cursor.block + 1 >= cursor.blockEnd) return false
  unpack(cursor, cursor.block + 1)
  return true
}

/** The first block behind the present one that reaches as far as `doc`: by strides that double, then by halving. */
function blockFrom({ segment: { lastDocs }, block, blockEnd }: PostingCursor, doc: number): number {
  let low = block + 1
  let stride = 1
  while (low + stride < blockEnd && (lastDocs[low + stride - 1] as number) < doc) {
    low += stride
    stride *= 2
  }
  let high = Math.min(low + stride, blockEnd)
  while (low < high) {
    const middle = (low + high) >>> 1
    if ((lastDocs[middle] as number) < doc) low = middle + 1
    else high = middle
  }
  return low
}

function unpack(cursor: PostingCursor, block: number): void {
  const { segment, docs, occurrences } = cursor
  const { postings, postingEnds, lastDocs } = segment
  const end = postingEnds[block] as number
  let at = block === 0 ? 0 : (postingEnds[block - 1] as number)
  let doc = block === cursor.firstBlock ? -1 : (lastDocs[block - 1] as number)
  let count = 0
  while (at < end) {
    let byte = postings[at++] as number
    const once = (byte & 1) === 1
    let distance = (byte & 127) >>> 1
    for (let shift = 6; byte > 127; shift += 7) {
      byte = postings[at++] as number
      distance += (byte & 127) << shift
    }
    doc += distance
    docs[count] = doc
    occurrences[count++] = once ? 1 : (postings[at++] as number)
  }
  cursor.block = block
  // A damaged snapshot may hold more postings than it says.
  cursor.count = Math.min(count, docs.length)
  cursor.at = 0
}

/** The places of the occurrences in the unpacked block: those of its posting `i` are `places[starts[i]]` and on. */
export function unpackPositions({ segment, block, occurrences, count }: PostingCursor) {
  const starts = new Uint32Array(count + 1)
  for (let i = 0; i < count; i++) starts[i + 1] = (starts[i] as number) + (occurrences[i] as number)
  const places = new Uint32Array(starts[count] as number)
  let at = block === 0 ? 0 : (segment.positionEnds[block - 1] as number)
  for (let i = 0; i < count; i++) {
    let place = -1
    for (let j = starts[i] as number; j < (starts[i + 1] as number); j++) {
      let byte = segment.positions[at++] as number
      place += byte & 127
      for (let shift = 7; byte > 127; shift += 7) {
        byte = segment.positions[at++] as number
        place += (byte & 127) << shift
      }
      places[j] = place
    }
  }
  return { starts, places }
}
