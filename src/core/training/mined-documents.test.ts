import { describe, expect, it } from 'vitest'
import { repeatFactor } from '../model/batching.ts'
import { createArena } from './arena.ts'
import { pairSource } from './batch-sources.ts'
import { fillBatch } from './batches.ts'
import { chooseNegatives } from './choose-negatives.ts'
import { createHead } from './create-head.ts'
import { groupOf, groupsFrom, joinGroups } from './groups.ts'
import { poolPairs } from './pair-pool.ts'
import { createRandom } from './random.ts'
import { trainingBytes } from './step-worker.ts'
import { createTokenStore } from './token-store.ts'
import { layOutTraining } from './tower-state.ts'
import { PLAIN_PLAN } from './training-shape.ts'

const SHAPE = {
  ...PLAIN_PLAN,
  negatives: 1,
  vocabulary: 200,
  dimension: 4,
  batch: 16,
  maxTokens: { query: 8, document: 8 },
  threads: 1,
}

function freshState() {
  const arena = createArena(new ArrayBuffer(trainingBytes(SHAPE)))
  return layOutTraining(arena, SHAPE, createHead(SHAPE.head, SHAPE.dimension))
}

/** Query i is piece i, answered by document 100 + i / 2: two queries share each document. */
function makePool(count: number) {
  const store = createTokenStore()
  const lists = Array.from({ length: count }, (_, i) => ({
    query: store.add([i]),
    document: store.add([100 + Math.floor(i / 2)]),
  }))
  return { store, lists, pool: poolPairs(store, lists, []) }
}

describe('a pool of pairs', () => {
  it('numbers equal texts alike and knows all answers of a query', () => {
    const store = createTokenStore()
    const pair = (query: number, document: number) => ({
      query: store.add([query]),
      document: store.add([document]),
    })
    const pool = poolPairs(
      store,
      [pair(1, 8), pair(2, 9), pair(1, 9)],
      [store.add([7]), undefined, store.add([8])],
    )
    expect([...pool.queryOf]).toEqual([0, 1, 0])
    expect(pool.queries.length).toBe(2)
    expect(pool.documents.length).toBe(3)
    expect([...groupOf(pool.answers, 0)]).toEqual([0, 1])
    expect([...groupOf(pool.answers, 1)]).toEqual([1])
    // Piece 8 is marked as wrong for query 1, but another pair has it as the answer.
    expect([...groupOf(pool.marked, 0)]).toEqual([2])
    expect([...groupOf(pool.marked, 1)]).toEqual([])
  })
})

describe('mined documents in a batch', () => {
  it('stand behind the answers, one of its own for each pair', () => {
    const { store, lists, pool } = makePool(60)
    const byQuery = groupsFrom(Array.from({ length: 60 }, (_, i) => [(Math.floor(i / 2) + 7) % 30]))
    const pairs = Int32Array.from(lists.flatMap(({ query, document }) => [query, document]))
    const source = { ...pairSource('s', 1, store, pairs, createRandom(1)), mined: { pool, byQuery } }
    const state = freshState()
    const text = { ordered: false, factorOf: repeatFactor, dropout: 0, random: createRandom(2) }
    let seen = 0
    for (let batch = 0; batch < 20; batch++) {
      const { pairs: count, negatives } = fillBatch(source, state, 4, text)
      expect([count % 4, negatives % 4]).toEqual([0, 0])
      const { ids, offsets } = state.towers.document
      const documents = Array.from({ length: count + negatives }, (_, row) => ids[offsets[row] ?? 0] ?? 0)
      const queries = state.towers.query.ids.subarray(0, count)
      // None twice, and none that answers any query of the batch.
      expect(new Set(documents).size).toBe(count + negatives)
      const wanted = new Set(Array.from(queries, query => 100 + ((Math.floor(query / 2) + 7) % 30)))
      for (const document of documents.slice(count)) expect(wanted.has(document)).toBe(true)
      seen += negatives
    }
    expect(seen).toBeGreaterThan(60)
  })

  it('are none where a source has none', () => {
    const { store, lists } = makePool(16)
    const pairs = Int32Array.from(lists.flatMap(({ query, document }) => [query, document]))
    const source = pairSource('s', 1, store, pairs, createRandom(1))
    const text = { ordered: false, factorOf: repeatFactor, dropout: 0, random: createRandom(2) }
    expect(fillBatch(source, freshState(), 4, text)).toEqual({ pairs: 8, negatives: 0 })
  })
})

describe('choosing wrong answers', () => {
  const found = { keys: [4, 7, 2, 9, 5], scores: [10, 9.6, 9.4, 5, 1] }

  it('leaves out answers and what is nearly as near as the best of them', () => {
    expect(chooseNegatives(found, new Set([4, 5]), 10)).toEqual([2, 9])
  })

  it('has none where no answer scores anything', () => {
    expect(chooseNegatives(found, new Set([1]), 0)).toEqual([])
  })

  it('stops at twenty', () => {
    const many = Array.from({ length: 50 }, (_, i) => i)
    expect(chooseNegatives({ keys: many, scores: many.map(() => 1) }, new Set([0]), 2)).toEqual(
      many.slice(1, 21),
    )
  })
})

it('joins groups without repeating a number', () => {
  const joined = joinGroups([groupsFrom([[1, 2], []]), groupsFrom([[2, 3], [4]])])
  expect([[...groupOf(joined, 0)], [...groupOf(joined, 1)]]).toEqual([[1, 2, 3], [4]])
})
