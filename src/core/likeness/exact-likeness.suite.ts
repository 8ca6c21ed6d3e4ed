/** The slow oracle: three words in a row, written out, in sets. */

const APART = /[\u3040-\u30ff\u4e00-\u9fff]/u

function shinglesOf(text: string): Set<string> {
  const words = (
    text
      .normalize('NFKC')
      .toLowerCase()
      .match(/[\p{L}\p{M}\p{N}]+/gu) ?? []
  ).flatMap(word => (APART.test(word) ? Array.from(word) : [word]))
  return new Set(words.slice(2).map((word, i) => [words[i], words[i + 1], word].join(' ')))
}

/** Jaccard similarity of the texts' shingles. */
export function exactLikeness(one: string, other: string): number {
  const [first, second] = [shinglesOf(one), shinglesOf(other)]
  const shared = [...first].filter(shingle => second.has(shingle)).length
  return shared / (first.size + second.size - shared)
}
