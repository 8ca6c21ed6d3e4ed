const PRIME_1 = 0x9e3779b1
const PRIME_2 = 0x85ebca77
const PRIME_3 = 0xc2b2ae3d
const PRIME_4 = 0x27d4eb2f
const PRIME_5 = 0x165667b1

/**
 * xxHash32 (Collet, 2012) with seed 0: a checksum against accidents, some gigabytes a second; no guard against
 * somebody who means it.
 */
export function checksum(bytes: Uint8Array): number {
  const lanes = bytes.length >>> 4
  let hash = lanes > 0 ? hashLanes(wordsOf(bytes, 4 * lanes)) : PRIME_5
  hash = (hash + bytes.length) | 0
  let at = 16 * lanes
  for (; at + 4 <= bytes.length; at += 4) {
    hash = Math.imul(rotate((hash + Math.imul(wordAt(bytes, at), PRIME_3)) | 0, 17), PRIME_4)
  }
  for (; at < bytes.length; at++) {
    hash = Math.imul(rotate((hash + Math.imul(bytes[at] as number, PRIME_5)) | 0, 11), PRIME_1)
  }
  hash = Math.imul(hash ^ (hash >>> 15), PRIME_2)
  hash = Math.imul(hash ^ (hash >>> 13), PRIME_3)
  return (hash ^ (hash >>> 16)) >>> 0
}

/** Four sums side by side. */
function hashLanes(words: Int32Array): number {
  let a = (PRIME_1 + PRIME_2) | 0
  let b = PRIME_2 | 0
  let c = 0
  let d = -PRIME_1 | 0
  for (let at = 0; at < words.length; at += 4) {
    a = Math.imul(rotate((a + Math.imul(words[at] as number, PRIME_2)) | 0, 13), PRIME_1)
    b = Math.imul(rotate((b + Math.imul(words[at + 1] as number, PRIME_2)) | 0, 13), PRIME_1)
    c = Math.imul(rotate((c + Math.imul(words[at + 2] as number, PRIME_2)) | 0, 13), PRIME_1)
    d = Math.imul(rotate((d + Math.imul(words[at + 3] as number, PRIME_2)) | 0, 13), PRIME_1)
  }
  return (rotate(a, 1) + rotate(b, 7) + rotate(c, 12) + rotate(d, 18)) | 0
}

/** Little-endian, as every machine is that runs a browser. A copy where the bytes do not lie at a multiple of four. */
function wordsOf(bytes: Uint8Array, count: number): Int32Array {
  const aligned = bytes.byteOffset % 4 === 0 ? bytes : bytes.slice()
  return new Int32Array(aligned.buffer, aligned.byteOffset, count)
}

function wordAt(bytes: Uint8Array, at: number): number {
  const [a = 0, b = 0, c = 0, d = 0] = bytes.subarray(at, at + 4)
  return a | (b << 8) | (c << 16) | (d << 24)
}

function rotate(value: number, bits: number): number {
  return (value << bits) | (value >>> (32 - bits))
}
