import { createRandom } from '../training/random.ts'
import { shingleHashes } from './shingles.ts'

/** What remains of a text to compare it by: the low bits of the least hash under each permutation. */
export type Sketch = Uint8Array<ArrayBuffer>

/** Bytes of a sketch: permutations, a byte each. */
export const SKETCH = 120
/** Two texts that share so much are nearly the same. The figures are in decision 046. */
export const NEARLY_SAME = 0.75
/** A text with fewer different shingles is too short to say: a row of a table differs in one word from the next. */
export const FEWEST_SHINGLES = 40

/** Share of bytes that agree by chance. */
const CHANCE = 1 / 256

const random = createRandom(0xbe1f)
const MULTIPLIERS = Int32Array.from({ length: SKETCH }, () => random.below(2 ** 32) | 1)
const OFFSETS = Int32Array.from({ length: SKETCH }, () => random.below(2 ** 32))

/**
 * MinHash over word shingles (Broder, “On the resemblance and containment of documents”, 1997), of each minimum the
 * lowest 8 bits (Li and König, “b-bit minwise hashing”, 2010). `undefined` for a text that is too short to say.
 */
export function sketchOf(text: string): Sketch | undefined {
  const hashes = shingleHashes(text)
  if (!hasEnough(hashes)) return undefined
  const least = new Int32Array(SKETCH).fill(0x7fffffff)
  for (const hash of hashes) {
    for (let i = 0; i < SKETCH; i++) {
      const mixed = Math.imul(hash ^ (OFFSETS[i] as number), MULTIPLIERS[i] as number)
      const permuted = Math.imul(mixed ^ (mixed >>> 15), 0x2c1b3c6d)
      if (permuted < (least[i] as number)) least[i] = permuted
    }
  }
  // Small products differ in their upper bits first.
  return Uint8Array.from(least, value => (value ^ (value >>> 12)) & 255)
}

/** The Jaccard similarity of the texts' shingles, 0 to 1, as far as the sketches tell: to about ± 0.04 at 0.75. */
export function likenessOf(one: Sketch, other: Sketch): number {
  let equal = 0
  for (let i = 0; i < SKETCH; i++) if (one[i] === other[i]) equal++
  return Math.max(0, (equal / SKETCH - CHANCE) / (1 - CHANCE))
}

function hasEnough(hashes: Int32Array): boolean {
  const different = new Set<number>()
  for (const hash of hashes) {
    different.add(hash)
    if (different.size >= FEWEST_SHINGLES) return true
  }
  return false
}
