import { describe, expect, it } from 'vitest'
import { createHashEncoder } from '../src/adapters/hash-encoder.ts'
import { scoreSet } from '../src/core/evaluation/run-set.ts'
import { indexSet } from './evaluate-set.ts'
import { similarityScore } from './evaluate-similarity.ts'
import { scoreDimensions, scoreQuantised } from './evaluate-variants.ts'
import { heldOutSet } from './held-out-sets.ts'

const documents = ['bells ring in the tower', 'bread rises in the oven', 'ships sail on the sea']

function setOf(queries: readonly (readonly [text: string, answer: number])[]) {
  return {
    name: 'tiny',
    documents,
    queries: queries.map(([text, answer]) => ({ text, grades: new Map([[answer, 1]]) })),
  }
}

describe('an evaluation set', () => {
  it('scores full marks where words and meaning point to the answer', async () => {
    const indexes = await indexSet(createHashEncoder(), setOf([['bread in an oven', 1]]))
    const full = { ndcg10: 1, mrr10: 1, recall100: 1 }
    expect(await scoreSet(indexes, 0.4)).toEqual({ bm25: full, dense: full, hybrid: full })
  })

  it('takes the mean over the queries', async () => {
    const indexes = await indexSet(
      createHashEncoder(),
      setOf([
        ['ships sail', 2],
        ['ships sail', 0],
      ]),
    )
    const { bm25, hybrid } = await scoreSet(indexes, 0)
    expect(bm25.recall100).toBe(0.5)
    expect(hybrid.mrr10).toBeGreaterThan(0.5)
    expect(hybrid.mrr10).toBeLessThan(1)
  })

  it('keeps each query with its own vector', async () => {
    const indexes = await indexSet(
      createHashEncoder(),
      setOf([
        ['bells ring', 0],
        ['bread rises', 1],
        ['ships sail', 2],
      ]),
    )
    expect((await scoreSet(indexes, 1)).dense.ndcg10).toBe(1)
  })
})

describe('fewer bits and dimensions', () => {
  it('score as the whole vectors do where those are kept whole', async () => {
    const encoder = createHashEncoder()
    const indexed = await indexSet(
      encoder,
      setOf([
        ['ships sail', 2],
        ['bread in an oven', 0],
      ]),
    )
    const whole = await scoreSet(indexed, 0.4)
    const { dimension } = await encoder.info()
    expect(await scoreDimensions(indexed, dimension, 0.4)).toEqual({
      dense: whole.dense,
      hybrid: whole.hybrid,
    })
    const { f32, rescored } = await scoreQuantised(indexed)
    expect([f32, rescored]).toEqual([whole.dense, whole.dense])
    await expect(scoreDimensions(indexed, dimension + 1, 0.4)).rejects.toThrow('got 65')
  })
})

describe('a similarity set', () => {
  it('scores the order of the cosines, whichever text comes first', async () => {
    const pairs = [
      { a: 'bells ring', b: 'bells ring loud', score: 5 },
      { a: 'bells ring', b: 'bells fall down', score: 2 },
      { a: 'bells ring', b: 'soup is hot', score: 0 },
    ]
    const turned = pairs.map(({ a, b, score }) => ({ a: b, b: a, score }))
    const encoder = createHashEncoder()
    const score = await similarityScore(encoder, { name: 's', pairs })
    expect(score).toBeGreaterThan(0.8)
    expect(await similarityScore(encoder, { name: 's', pairs: turned })).toBeCloseTo(score, 12)
  })
})

describe('heldOutSet', () => {
  it('gives a query all its positives and each document once', () => {
    const items = [
      { query: 'q', positive: 'a' },
      { query: 'r', positive: 'a' },
      { query: 'q', positive: 'b' },
    ]
    expect(heldOutSet({ name: 'n', items }, 1)).toEqual({
      name: 'n',
      documents: ['a', 'b'],
      queries: [
        {
          text: 'q',
          grades: new Map([
            [0, 1],
            [1, 1],
          ]),
        },
      ],
    })
  })
})
