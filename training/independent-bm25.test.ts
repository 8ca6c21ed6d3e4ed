import { describe, expect, it } from 'vitest'
import { createPlainLexicalIndex } from '../src/core/lexical/plain-lexical-index.ts'
import { independentBm25, ndcgAt10, plainTerms } from './independent-bm25.ts'

describe('the independent BM25', () => {
  it('agrees with the formula of the index where the terms are the same', async () => {
    const texts = ['bell tower', 'bell bell moss', 'owl', 'tower owl moss bell']
    const index = createPlainLexicalIndex()
    await index.add(Uint32Array.from(texts.keys()), texts)
    const search = independentBm25(texts, plainTerms)
    for (const query of ['bell', 'bell tower', 'owl moss', 'nothing']) {
      const { keys, scores } = await index.match({ text: query, limit: 9 })
      const ranked = search(query)
      expect(ranked.map(({ document }) => document)).toEqual([...keys])
      ranked.forEach(({ score }, i) => expect(score).toBeCloseTo(scores[i] ?? NaN, 5))
    }
  })

  it('computes NDCG@10 as by hand', () => {
    const grades = new Map([
      [3, 1],
      [5, 1],
    ])
    expect(ndcgAt10([5, 0, 3], grades)).toBeCloseTo((1 + 1 / 2) / (1 + 1 / Math.log2(3)), 10)
    expect(ndcgAt10([0, 1], grades)).toBe(0)
  })
})
