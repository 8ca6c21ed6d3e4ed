import { describe, expect, it } from 'vitest'
import { scoreTable } from './report.ts'

const scores = {
  bm25: { ndcg10: 0.12345, mrr10: 0.2, recall100: 1 },
  dense: { ndcg10: 0, mrr10: 0.5, recall100: 0.25 },
  hybrid: { ndcg10: 0.3, mrr10: 0.4, recall100: 0.9996 },
}
const row = { set: 'a|b', documents: 12, queries: 3, ...scores }

describe('scoreTable', () => {
  it('has a row a set, three measures for each way, and the means last', () => {
    const [head, rule, first, mean] = scoreTable([row], scores).split('\n')
    expect(head).toMatch(/^\| set \| documents \| queries \| bm25 NDCG@10 \| bm25 MRR@10 \| bm25 Recall@100 /)
    expect(rule).toBe(`| --- ${'| ---: '.repeat(11)}|`)
    const numbers = '0.123 | 0.200 | 1.000 | 0.000 | 0.500 | 0.250 | 0.300 | 0.400 | 1.000 |'
    expect(first).toBe(`| a\\|b | 12 | 3 | ${numbers}`)
    expect(mean).toBe(`| **mean** |  |  | ${numbers}`)
  })

  it('leaves the means out where there are none', () => {
    expect(scoreTable([row]).split('\n')).toHaveLength(3)
  })
})
