/**
 * The pieces of a WordPiece tokenizer, learned by byte-pair encoding: the most frequent pair of neighbours becomes a
 * piece, again and again. Sennrich et al., "Neural Machine Translation of Rare Words with Subword Units", 2016.
 */
import { createHeap } from './heap.ts'

export const CONTINUATION = '##'

/** Pieces are numbered below this, so that a pair of them is one exact number. */
const PAIR_BASE = 2 ** 21

interface Word {
  pieces: number[]
  readonly count: number
}

/**
 * At most `size` pieces, single characters first and then in the order in which they were learned; the same for the same
 * counts. Characters that stand in fewer than `minCharacterCount` words' occurrences get no piece.
 */
export function learnPieces(
  counts: ReadonlyMap<string, number>,
  size: number,
  minCharacterCount = 1,
): string[] {
  const { pieces, words } = spell(counts, minCharacterCount)
  const pairCounts = new Map<number, number>()
  const wordsOfPair = new Map<number, Set<number>>()
  const known = new Set(pieces)
  const heap = createHeap((a: number, b: number, countA: number, countB: number) =>
    countA === countB ? a < b : countA > countB,
  )

  function note(pair: number, word: number, change: number): void {
    pairCounts.set(pair, (pairCounts.get(pair) ?? 0) + change)
    if (change < 0) return
    const holders = wordsOfPair.get(pair)
    if (holders === undefined) wordsOfPair.set(pair, new Set([word]))
    else holders.add(word)
  }

  function noteAll(index: number, word: Word, sign: number, touched?: Set<number>): void {
    for (let i = 1; i < word.pieces.length; i++) {
      const pair = (word.pieces[i - 1] ?? 0) * PAIR_BASE + (word.pieces[i] ?? 0)
      note(pair, index, sign * word.count)
      touched?.add(pair)
    }
  }

  for (const [index, word] of words.entries()) noteAll(index, word, 1)
  for (const [pair, count] of pairCounts) heap.push(pair, count)

  while (pieces.length < size) {
    const top = heap.pop()
    if (top === undefined || top.priority < 2) break
    if (pairCounts.get(top.item) !== top.priority) continue
    const left = Math.floor(top.item / PAIR_BASE)
    const right = top.item % PAIR_BASE
    const merged = (pieces[left] ?? '') + (pieces[right] ?? '').slice(CONTINUATION.length)
    const id = pieces.length
    // Two ways to the same letters: the second makes no new piece.
    const isNew = !known.has(merged)
    const target = isNew ? id : pieces.indexOf(merged)
    if (isNew) {
      pieces.push(merged)
      known.add(merged)
    }
    const touched = new Set<number>()
    for (const index of wordsOfPair.get(top.item) ?? []) {
      const word = words[index]
      if (word === undefined) continue
      noteAll(index, word, -1, touched)
      word.pieces = merge(word.pieces, left, right, target)
      noteAll(index, word, 1, touched)
    }
    wordsOfPair.delete(top.item)
    pairCounts.delete(top.item)
    touched.delete(top.item)
    for (const pair of touched) {
      const count = pairCounts.get(pair) ?? 0
      if (count > 0) heap.push(pair, count)
    }
  }
  return pieces
}

/** Words as numbers of single characters, in code-point order so that nothing depends on the order of the counts. */
function spell(
  counts: ReadonlyMap<string, number>,
  minCharacterCount: number,
): { pieces: string[]; words: Word[] } {
  const characterCounts = new Map<string, number>()
  for (const [word, count] of counts) {
    for (const character of word)
      characterCounts.set(character, (characterCounts.get(character) ?? 0) + count)
  }
  const characters = [...characterCounts].filter(([, count]) => count >= minCharacterCount)
  const alphabet = characters.map(([character]) => character).toSorted(byCodePoint)
  const pieces = [...alphabet, ...alphabet.map(character => CONTINUATION + character)]
  const numbers = new Map(pieces.map((piece, id) => [piece, id]))
  const words: Word[] = []
  for (const word of [...counts.keys()].toSorted(byCodePoint)) {
    const spelled = Array.from(word, (character, i) =>
      numbers.get(i === 0 ? character : CONTINUATION + character),
    )
    if (spelled.every(id => id !== undefined)) words.push({ pieces: spelled, count: counts.get(word) ?? 0 })
  }
  return { pieces, words }
}

function byCodePoint(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0
}

function merge(pieces: readonly number[], left: number, right: number, merged: number): number[] {
  const result: number[] = []
  for (let i = 0; i < pieces.length; i++) {
    const piece = pieces[i] ?? 0
    if (piece === left && pieces[i + 1] === right) {
      result.push(merged)
      i++
    } else {
      result.push(piece)
    }
  }
  return result
}
