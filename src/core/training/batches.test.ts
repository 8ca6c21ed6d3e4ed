import { describe, expect, it } from 'vitest'
import { repeatFactor } from '../model/batching.ts'
import { createArena } from './arena.ts'
import { chooseSource, inverseClozeSource, pairSource } from './batch-sources.ts'
import { fillBatch } from './batches.ts'
import { createRandom } from './random.ts'
import { sentencesOf } from './sentences.ts'
import { createTokenStore } from './token-store.ts'
import { createHead } from './create-head.ts'
import { trainingBytes } from './step-worker.ts'
import { layOutTraining } from './tower-state.ts'
import { PLAIN_PLAN } from './training-shape.ts'
import type { TowerState } from './tower-state.ts'

const SHAPE = {
  ...PLAIN_PLAN,
  vocabulary: 100,
  dimension: 4,
  batch: 16,
  maxTokens: { query: 8, document: 32 },
  threads: 1,
}

function freshState() {
  return layOutTraining(
    createArena(new ArrayBuffer(trainingBytes(SHAPE))),
    SHAPE,
    createHead(SHAPE.head, SHAPE.dimension),
  )
}

function rowsOf(tower: TowerState, count: number): number[][] {
  return Array.from({ length: count }, (_, row) =>
    Array.from(tower.ids.subarray(tower.offsets[row], tower.offsets[row + 1])),
  )
}

/** Pairs ([i], [50 + i]). */
function pairsOf(count: number) {
  const store = createTokenStore()
  const lists = Array.from({ length: count }, (_, i) => [store.add([i]), store.add([50 + i])]).flat()
  return pairSource('pairs', 1, store, Int32Array.from(lists), createRandom(1))
}

const plain = { ordered: false, factorOf: repeatFactor, dropout: 0, random: createRandom(9) }

describe('a batch', () => {
  it('holds each pair of a round once, query and document together', () => {
    const state = freshState()
    const { pairs: count } = fillBatch(pairsOf(16), state, 4, plain)
    expect(count).toBe(16)
    const queries = rowsOf(state.towers.query, count).flat()
    expect(queries.toSorted((a, b) => a - b)).toEqual(Array.from({ length: 16 }, (_, i) => i))
    expect(rowsOf(state.towers.document, count).flat()).toEqual(queries.map(id => 50 + id))
  })

  it('is cut to a multiple when the source is small', () => {
    expect(fillBatch(pairsOf(7), freshState(), 4, plain).pairs).toBe(4)
    expect(fillBatch(pairsOf(3), freshState(), 4, plain).pairs).toBe(0)
  })

  it('never holds two pairs with the same query or the same document', () => {
    const store = createTokenStore()
    const lists = Array.from({ length: 40 }, (_, i) => [
      store.add([i % 10]),
      store.add([50 + (i % 8)]),
    ]).flat()
    const state = freshState()
    const { pairs: count } = fillBatch(
      pairSource('pairs', 1, store, Int32Array.from(lists), createRandom(2)),
      state,
      1,
      plain,
    )
    for (const side of ['query', 'document'] as const) {
      const firsts = rowsOf(state.towers[side], count).flat()
      expect(new Set(firsts).size).toBe(count)
    }
  })

  it('counts a repeated piece once, with the logarithm of its count', () => {
    const store = createTokenStore()
    const pair = [store.add([3, 4]), store.add([5, 6, 5, 5])]
    const state = freshState()
    fillBatch(pairSource('pairs', 1, store, Int32Array.from(pair), createRandom(1)), state, 1, plain)
    const { ids, factors, offsets } = state.towers.document
    expect(Array.from(ids.subarray(0, 2))).toEqual([5, 6])
    expect(factors[0]).toBeCloseTo(1 + Math.log(3), 6)
    expect(factors[1]).toBe(1)
    expect(offsets[1]).toBe(2)
  })

  it('keeps the order of the pieces for a body that reads them in order', () => {
    const store = createTokenStore()
    const pair = [store.add([4, 3, 4]), store.add([5, 6, 5, 5])]
    const state = freshState()
    const source = pairSource('pairs', 1, store, Int32Array.from(pair), createRandom(1))
    fillBatch(source, state, 1, { ...plain, ordered: true })
    expect(rowsOf(state.towers.query, 1)).toEqual([[4, 3, 4]])
    expect(rowsOf(state.towers.document, 1)).toEqual([[5, 6, 5, 5]])
    expect([...state.towers.document.factors.subarray(0, 4)]).toEqual([1, 1, 1, 1])
  })

  it('leaves out the share of pieces that is asked for, and never all', () => {
    const store = createTokenStore()
    const long = Array.from({ length: 30 }, (_, i) => i)
    const lists = Array.from({ length: 16 }, (_, i) => [
      store.add([i, 90]),
      store.add([...long, 40 + i]),
    ]).flat()
    const state = freshState()
    const source = pairSource('pairs', 1, store, Int32Array.from(lists), createRandom(1))
    const { pairs: count } = fillBatch(source, state, 1, { ...plain, dropout: 0.5 })
    const sizes = rowsOf(state.towers.document, count).map(row => row.length)
    const mean = sizes.reduce((sum, size) => sum + size, 0) / sizes.length
    expect(mean).toBeGreaterThan(12)
    expect(mean).toBeLessThan(20)
    expect(rowsOf(state.towers.query, count).every(row => row.length > 0)).toBe(true)
  })
})

describe('inverse cloze', () => {
  it('asks with one sentence for its paragraph, in which it stays one time in ten', () => {
    const store = createTokenStore()
    const sentence = (from: number) => store.add(Array.from({ length: 6 }, (_, i) => from + i))
    const first = sentence(0)
    sentence(10)
    const last = sentence(20)
    const source = inverseClozeSource('text', 1, store, Int32Array.of(first, last + 1), createRandom(3))
    let kept = 0
    for (let round = 0; round < 1000; round++) {
      const state = freshState()
      fillBatch(source, state, 1, plain)
      const [query = []] = rowsOf(state.towers.query, 1)
      const [document = []] = rowsOf(state.towers.document, 1)
      expect(query.length).toBe(6)
      expect(new Set([...query, ...document]).size).toBe(18)
      if (document.length === 18) kept++
      else expect(document.length).toBe(12)
    }
    expect(kept).toBeGreaterThan(70)
    expect(kept).toBeLessThan(130)
  })
})

describe('chooseSource', () => {
  it('chooses by weight', () => {
    const sources = [1, 3].map(weight => ({ ...pairsOf(4), weight }))
    const random = createRandom(5)
    const chosen = Array.from({ length: 4000 }, () => chooseSource(sources, random).weight)
    const share = chosen.filter(weight => weight === 3).length / chosen.length
    expect(share).toBeGreaterThan(0.72)
    expect(share).toBeLessThan(0.78)
  })
})

describe('sentencesOf', () => {
  it('cuts behind a full stop and before a capital letter', () => {
    expect(sentencesOf('It is 3.5 cm. Really? Yes, e.g. this one.')).toEqual([
      'It is 3.5 cm.',
      'Really?',
      'Yes, e.g. this one.',
    ])
  })
})
