import { describe, expect, it } from 'vitest'
import { parseEvaluationSet } from './beir.ts'

const files = {
  name: 'tiny',
  corpus: '{"_id":"d1","title":"Bread","text":"goes stale"}\n{"_id":"d2","text":"Bells ring"}\n',
  queries: '{"_id":"q1","text":"old loaf"}\n{"_id":"q2","text":"unjudged"}\n{"_id":"q3","text":"no good"}\n',
  qrels: 'query-id\tcorpus-id\tscore\nq1\td1\t2\nq1\tmissing\t1\nq3\td2\t0\n',
}
const read = {
  name: 'tiny',
  documents: ['Bread goes stale', 'Bells ring'],
  queries: [{ text: 'old loaf', grades: new Map([[0, 2]]) }],
}

const windows = (text: string) => `\r\n${text.trim().replaceAll('\n', '\r\n\r\n')}`
const stop = () => Promise.reject(new Error('stopped'))

describe('parseEvaluationSet', () => {
  it('joins title and text and keeps judged queries only', async () => {
    expect(await parseEvaluationSet(files)).toEqual(read)
  })

  it('reads files from Windows, with blank lines and without a last newline', async () => {
    const { corpus, queries, qrels } = files
    const changed = { corpus: windows(corpus), queries: windows(queries), qrels: windows(qrels).trim() }
    expect(await parseEvaluationSet({ ...files, ...changed })).toEqual(read)
  })

  it.each([
    ['a line that is no JSON', { corpus: '{"_id":"d1","text":"x"}\n\noops' }, 'tiny/corpus.jsonl, line 3'],
    ['a document without text', { corpus: '{"_id":"d1"}' }, 'tiny/corpus.jsonl, line 1'],
    ['a judgement without a score', { qrels: 'q\td\ts\nq1\td1' }, 'tiny/qrels.tsv, line 2'],
    ['a judgement with an empty score', { qrels: 'q\td\ts\nq1\td1\t' }, 'tiny/qrels.tsv, line 2'],
    ['judgements of other documents', { qrels: 'q1\tother\t1' }, 'tiny: expected at least one judged query'],
  ])('says where there is %s', async (_, broken, message) => {
    await expect(parseEvaluationSet({ ...files, ...broken })).rejects.toThrow(message)
  })

  it('calls the files what they are called', async () => {
    const paths = { corpus: 'a/corpus.jsonl.gz', queries: 'a/queries.jsonl', qrels: 'a/qrels/test.tsv' }
    const broken = { ...files, paths, qrels: 'h\nq1 d1 1' }
    await expect(parseEvaluationSet(broken)).rejects.toThrow('a/qrels/test.tsv, line 2: expected query')
  })

  it('pauses in a long file, where it can be stopped', async () => {
    const corpus = Array.from({ length: 5000 }, (_, i) => `{"_id":"d${i}","text":"x"}`).join('\n')
    let pauses = 0
    await parseEvaluationSet({ ...files, corpus }, async () => void pauses++)
    expect(pauses).toBe(2)
    await expect(parseEvaluationSet({ ...files, corpus }, stop)).rejects.toThrow('stopped')
  })
})
