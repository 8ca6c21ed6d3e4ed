import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createHeap } from './heap.ts'
import { learnPieces } from './piece-vocabulary.ts'

/** The same algorithm without any bookkeeping: all pairs counted anew for every piece. */
function learnSlowly(counts: ReadonlyMap<string, number>, size: number): string[] {
  const alphabet = [...new Set([...counts.keys()].flatMap(word => Array.from(word)))].toSorted()
  const pieces = [...alphabet, ...alphabet.map(letter => `##${letter}`)]
  const words = [...counts].map(([word, count]) => ({
    count,
    pieces: Array.from(word, (letter, i) => (i === 0 ? letter : `##${letter}`)),
  }))
  while (pieces.length < size) {
    const pairs = new Map<string, number>()
    for (const word of words) {
      for (let i = 1; i < word.pieces.length; i++) {
        const pair = `${pieces.indexOf(word.pieces[i - 1] ?? '')} ${pieces.indexOf(word.pieces[i] ?? '')}`
        pairs.set(pair, (pairs.get(pair) ?? 0) + word.count)
      }
    }
    const ranked = [...pairs].map(([pair, count]) => ({ pair: pair.split(' ').map(Number), count }))
    ranked.sort(
      (a, b) =>
        b.count - a.count || (a.pair[0] ?? 0) - (b.pair[0] ?? 0) || (a.pair[1] ?? 0) - (b.pair[1] ?? 0),
    )
    const best = ranked[0]
    if (best === undefined || best.count < 2) break
    const [left = '', right = ''] = best.pair.map(id => pieces[id] ?? '')
    const merged = left + right.slice(2)
    if (!pieces.includes(merged)) pieces.push(merged)
    for (const word of words) {
      for (let i = 1; i < word.pieces.length; i++) {
        if (word.pieces[i - 1] === left && word.pieces[i] === right) word.pieces.splice(i - 1, 2, merged)
      }
    }
  }
  return pieces
}

describe('learnPieces', () => {
  it('joins the most frequent neighbours first', () => {
    const counts = new Map([
      ['bell', 5],
      ['bed', 3],
    ])
    expect(learnPieces(counts, 11)).toEqual('b d e l ##b ##d ##e ##l be ##ll bell'.split(' '))
  })

  it('agrees with counting everything anew', () => {
    const words = fc.dictionary(
      fc.string({ unit: fc.constantFrom('a', 'b', 'c'), minLength: 1, maxLength: 8 }),
      fc.integer({ min: 1, max: 9 }),
    )
    fc.assert(
      fc.property(words, fc.integer({ min: 0, max: 40 }), (words, size) => {
        const counts = new Map(Object.entries(words))
        expect(learnPieces(counts, size)).toEqual(learnSlowly(counts, size))
      }),
      { seed: 3, numRuns: 300 },
    )
  })

  it('does not depend on the order of the counts', () => {
    const words = ['the', 'cat', 'sat', 'on', 'mat', 'that', 'bat', 'had']
    const entries = words.map((word, i): [string, number] => [word, 2 + (i % 3)])
    expect(learnPieces(new Map(entries.toReversed()), 40)).toEqual(learnPieces(new Map(entries), 40))
  })

  it('has no piece for rare characters', () => {
    const counts = new Map([
      ['aa', 50],
      ['aé', 1],
    ])
    expect(learnPieces(counts, 10, 10)).toEqual(['a', '##a', 'aa'])
  })
})

describe('createHeap', () => {
  it('gives entries back in order', () => {
    fc.assert(
      fc.property(fc.array(fc.nat({ max: 50 })), priorities => {
        const heap = createHeap((_a, _b, a, b) => a > b)
        priorities.forEach((priority, item) => heap.push(item, priority))
        const taken: number[] = []
        for (let top = heap.pop(); top !== undefined; top = heap.pop()) taken.push(top.priority)
        expect(taken).toEqual(priorities.toSorted((a, b) => b - a))
      }),
    )
  })
})
