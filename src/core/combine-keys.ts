/** Sets of keys out of two others, a word of 32 keys at a time. */
import type { KeySet } from './key-set.ts'

/** The keys that are in both. */
export function keysInBoth(a: KeySet, b: KeySet): KeySet {
  return counted(a.words.map((word, i) => word & (b.words[i] ?? 0)))
}

/** The keys of `a` that are not in `b`. */
export function keysWithout(a: KeySet, b: KeySet): KeySet {
  return counted(a.words.map((word, i) => word & ~(b.words[i] ?? 0)))
}

function counted(words: Uint32Array): KeySet {
  return { words, size: words.reduce((sum, word) => sum + bitsIn(word), 0) }
}

/** By adding neighbours: pairs, then fours, then bytes (Warren, "Hacker's Delight", 5–1). */
function bitsIn(word: number): number {
  const pairs = word - ((word >>> 1) & 0x5555_5555)
  const fours = (pairs & 0x3333_3333) + ((pairs >>> 2) & 0x3333_3333)
  return Math.imul((fours + (fours >>> 4)) & 0x0f0f_0f0f, 0x0101_0101) >>> 24
}
