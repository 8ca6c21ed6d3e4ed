/**
 * Which segments an index has, and which of their documents are removed. As bytes: the number of segments; for each its
 * number, its documents, and a bit for every document, set where it is removed.
 */
export interface ListedSegment {
  /** Of the segment, as its part is named. */
  readonly number: number
  /** By document: 1 when it is removed. */
  readonly dead: Uint8Array
}

const BITS = 32

export function bytesOfListing(listed: readonly ListedSegment[]): Uint8Array<ArrayBuffer> {
  const length = listed.reduce((sum, { dead }) => sum + 2 + Math.ceil(dead.length / BITS), 1)
  const numbers = new Uint32Array(length)
  numbers[0] = listed.length
  let at = 1
  for (const { number, dead } of listed) {
    numbers.set([number, dead.length], at)
    at += 2
    for (let doc = 0; doc < dead.length; doc++) {
      const word = at + (doc >>> 5)
      if (dead[doc] === 1) numbers[word] = (numbers[word] as number) | (1 << (doc & 31))
    }
    at += Math.ceil(dead.length / BITS)
  }
  return new Uint8Array(numbers.buffer)
}

/** @throws Error when the bytes are no listing. */
export function listingOf(bytes: Uint8Array<ArrayBuffer>): ListedSegment[] {
  const numbers = new Uint32Array(bytes.slice(0, 4 * (bytes.length >>> 2)).buffer)
  const [count = 0] = numbers
  const listed: ListedSegment[] = []
  let at = 1
  while (listed.length < count && at + 2 <= numbers.length) {
    const [number, documents] = [numbers[at] as number, numbers[at + 1] as number]
    at += 2
    const words = numbers.subarray(at, at + Math.ceil(documents / BITS))
    at += Math.ceil(documents / BITS)
    if (at > numbers.length) break
    const dead = new Uint8Array(documents)
    for (let doc = 0; doc < documents; doc++) dead[doc] = ((words[doc >>> 5] as number) >>> (doc & 31)) & 1
    listed.push({ number, dead })
  }
  if (listed.length !== count || 4 * at !== bytes.length) {
    throw new Error(
      `expected the list of ${count} segments, got ${bytes.length} bytes with ${listed.length} of them`,
    )
  }
  return listed
}
