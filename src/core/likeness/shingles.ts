/** Words in a row that are compared as one. */
export const SHINGLE = 3

/** Words of scripts that write no spaces are too long to compare, so their characters stand for words. */
const WITHOUT_SPACES =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}]/u
const WORD = /[\p{L}\p{M}\p{N}]+/gu
/** The first letter of any such script. */
const FIRST_WITHOUT_SPACES = 0x0e00

/**
 * The hash, 32 bits, of every shingle of a text, in order and with repetitions: three words in a row, whatever stands
 * between them. Case, compatibility forms, punctuation and line breaks say nothing, so that a mail and its quote, or an
 * export in another format, have the same. A text of one or two words has one. Linear in the length.
 */
export function shingleHashes(text: string): Int32Array {
  const words = wordHashes(text)
  if (words.length === 0) return new Int32Array(0)
  const count = Math.max(1, words.length - SHINGLE + 1)
  const hashes = new Int32Array(count)
  for (let at = 0; at < count; at++) {
    let hash = 0
    for (let i = at; i < Math.min(at + SHINGLE, words.length); i++) {
      hash = Math.imul(hash, 31) + (words[i] as number)
      hash = Math.imul(hash ^ (hash >>> 15), 0x2c1b3c6d)
    }
    hashes[at] = mix(hash)
  }
  return hashes
}

function wordHashes(text: string): number[] {
  const hashes: number[] = []
  for (const [word] of text.normalize('NFKC').toLowerCase().matchAll(WORD)) {
    if (hasNoSpaces(word)) for (const character of word) hashes.push(hashOf(character))
    else hashes.push(hashOf(word))
  }
  return hashes
}

function hasNoSpaces(word: string): boolean {
  return word.charCodeAt(0) >= FIRST_WITHOUT_SPACES && WITHOUT_SPACES.test(word)
}

/** FNV-1a over UTF-16 units. */
function hashOf(word: string): number {
  let hash = 0x811c9dc5
  for (let i = 0; i < word.length; i++) hash = Math.imul(hash ^ word.charCodeAt(i), 0x01000193)
  return hash
}

/** The last steps of MurmurHash3 (Austin Appleby, public domain): every bit depends on every other. */
function mix(hash: number): number {
  let mixed = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b)
  mixed = Math.imul(mixed ^ (mixed >>> 13), 0xc2b2ae35)
  return mixed ^ (mixed >>> 16)
}
