import { describe, expect, it } from 'vitest'
import { reportMarkdown } from './evaluation-report.ts'

const of = (ndcg10: number) => ({ ndcg10, mrr10: 0, recall100: 0 })
const set = (name: string, score: number) => ({
  set: name,
  documents: 2,
  queries: 1,
  bm25: of(score),
  dense: of(score),
  hybrid: of(score),
})

const full = (name: string, score: number) => ({
  ...set(name, score),
  quantised: { f32: of(score), rescored: of(score), int8: of(score / 2) },
  dimensions: { 64: { dense: of(0.1), hybrid: of(0.3) } },
})

describe('reportMarkdown', () => {
  it('is one table when nothing else was asked for', () => {
    const lines = reportMarkdown([set('a', 0.2), set('b', 0.4)], []).split('\n')
    expect(lines).toHaveLength(5)
    expect(lines.at(-1)).toMatch(/^\| \*\*mean\*\* \|  \|  \| 0\.300 /)
  })

  it('has a table with means for each thing that was measured', () => {
    const pairs = [{ set: 'p', pairs: 3, spearman: -0.5 }]
    const tables = reportMarkdown([full('a', 0.2), full('b', 0.4)], pairs).split('\n\n')
    expect(tables[1]?.split('\n')).toEqual([
      '| dense NDCG@10 | f32 | int8 rescored | int8 alone |',
      '| --- | ---: | ---: | ---: |',
      '| a | 0.200 | 0.200 | 0.100 |',
      '| b | 0.400 | 0.400 | 0.200 |',
      '| **mean** | 0.300 | 0.300 | 0.150 |',
    ])
    expect(tables[2]).toContain('| NDCG@10 | dense 64 | hybrid 64 |')
    expect(tables[3]).toContain('| p | 3 | -0.500 |')
  })

  it('has similarity alone when there is no retrieval', () => {
    expect(reportMarkdown([], [{ set: 'p', pairs: 3, spearman: 1 }])).toMatch(/^\| similarity set \|/)
  })
})
