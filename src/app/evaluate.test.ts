import { describe, expect, it } from 'vitest'
import { createExactVectorIndex } from '../adapters/exact-vector-index.ts'
import { createHashEncoder } from '../adapters/hash-encoder.ts'
import { readSetFile } from '../adapters/read-set-file.ts'
import type { BelfryEvent } from '../core/events.ts'
import type { SourceFile } from '../core/ports/files.ts'
import { evaluate, type EvaluatePorts } from './evaluate.ts'

const file = (path: string, text: string): SourceFile => ({
  name: path.split('/').at(-1) ?? path,
  path,
  modifiedAt: 0,
  blob: new Blob([text]),
})

const CORPUS = file(
  'tiny/corpus.jsonl',
  ['bells ring in the tower', 'bread rises in the oven', 'ships sail on the sea']
    .map((text, i) => JSON.stringify({ _id: `d${i}`, text }))
    .join('\n'),
)
const QUERIES = file('tiny/queries.jsonl', '{"_id":"q","text":"bread in an oven"}\n')
const QRELS = file('tiny/qrels/test.tsv', 'query-id\tcorpus-id\tscore\nq\td1\t1\n')
const SET = [CORPUS, QUERIES, QRELS]

async function take(files: readonly SourceFile[], changed: Partial<EvaluatePorts> = {}, stopAt = '') {
  const events: BelfryEvent[] = []
  const signal = { aborted: false }
  await evaluate(
    files,
    {
      encoder: createHashEncoder(),
      createVectorIndex: async dimension => createExactVectorIndex(dimension),
      readSetFile: one => readSetFile(one),
      clock: { now: () => 5, breathe: () => Promise.resolve() },
      ...changed,
    },
    event => {
      events.push(event)
      if (event.type === 'evaluation-progressed' && event.step === stopAt) signal.aborted = true
    },
    signal,
  )
  return { events, outcome: events.at(-1) }
}

describe('evaluate', () => {
  it('scores the set with the model and tells how far it is', async () => {
    const { events, outcome } = await take(SET)
    const full = { ndcg10: 1, mrr10: 1, recall100: 1 }
    const info = await createHashEncoder().info()
    expect(outcome).toEqual({
      type: 'evaluation-finished',
      report: {
        model: info.modelName,
        space: info.space,
        weight: info.fusionWeight,
        scores: { set: 'tiny', documents: 3, queries: 1, bm25: full, dense: full, hybrid: full },
        seconds: 0,
      },
    })
    const steps = events.flatMap(event => (event.type === 'evaluation-progressed' ? [event] : []))
    expect([...new Set(steps.map(({ step }) => step))]).toEqual([
      'reading',
      'encoding',
      'indexing',
      'searching',
    ])
    for (const { done, total } of steps) expect(done).toBeLessThanOrEqual(total)
    expect(steps.at(-1)).toMatchObject({ set: 'tiny', done: 1, total: 1 })
  })

  it.each(['reading', 'encoding', 'indexing', 'searching'])('can be cancelled while %s', async step => {
    const { events, outcome } = await take(SET, {}, step)
    expect(outcome).toEqual({ type: 'evaluation-cancelled' })
    expect(events.filter(({ type }) => type !== 'evaluation-progressed')).toHaveLength(1)
  })

  it.each([
    [
      'a broken line',
      [CORPUS, file('tiny/queries.jsonl', '\noops'), QRELS],
      'tiny/queries.jsonl, line 2: expected a JSON object, got oops',
    ],
    ['a missing file', [CORPUS, QUERIES], 'expected qrels.tsv, qrels/test.tsv or test.tsv beside tiny/'],
    [
      'a false archive',
      [file('tiny/corpus.jsonl.gz', 'x'), QUERIES, QRELS],
      'tiny/corpus.jsonl.gz: expected a gzip',
    ],
  ])('names %s', async (_, files, message) => {
    const { outcome } = await take(files)
    expect(outcome).toMatchObject({
      type: 'evaluation-failed',
      message: expect.stringContaining(message) as string,
    })
  })

  it('says so when there is no model, and when the model fails', async () => {
    expect((await take(SET, { encoder: undefined })).outcome).toMatchObject({ type: 'evaluation-failed' })
    const encoder = {
      ...createHashEncoder(),
      encode: () => Promise.reject(new Error('The model stopped.')),
    }
    const { outcome } = await take(SET, { encoder })
    expect(outcome).toEqual({ type: 'evaluation-failed', message: 'The model stopped.' })
  })
})
