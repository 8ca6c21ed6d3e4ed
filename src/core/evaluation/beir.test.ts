import { describe, expect, it } from 'vitest'
import { parseEvaluationSet } from './beir.ts'

const files = {
  name: 'tiny',
  corpus: '{"_id":"d1","title":"Bread","text":"goes stale"}\n{"_id":"d2","text":"Bells ring"}\n',
  queries: '{"_id":"q1","text":"old loaf"}\n{"_id":"q2","text":"unjudged"}\n{"_id":"q3","text":"no good"}\n',
  qrels: 'query-id\tcorpus-id\tscore\nq1\td1\t2\nq1\tmissing\t1\nq3\td2\t0\n',
}

describe('parseEvaluationSet', () => {
  it('joins title and text and keeps judged queries only', () => {
    expect(parseEvaluationSet(files)).toEqual({
      name: 'tiny',
      documents: ['Bread goes stale', 'Bells ring'],
      queries: [{ text: 'old loaf', grades: new Map([[0, 2]]) }],
    })
  })

  it.each([
    ['a line that is no JSON', { corpus: '{"_id":"d1","text":"x"}\noops' }, 'tiny/corpus.jsonl, line 2'],
    ['a document without text', { corpus: '{"_id":"d1"}' }, 'tiny/corpus.jsonl, line 1'],
    ['a judgement without a score', { qrels: 'q\td\ts\nq1\td1' }, 'tiny/qrels.tsv, line 2'],
    ['judgements of other documents', { qrels: 'q1\tother\t1' }, 'tiny: expected at least one judged query'],
  ])('says where there is %s', (_, broken, message) => {
    expect(() => parseEvaluationSet({ ...files, ...broken })).toThrow(message)
  })
})
