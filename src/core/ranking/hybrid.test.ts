import { describe, expect, it } from 'vitest'
import { hasKey, keySetOf } from '../key-set.ts'
import type { KeySet } from '../key-set.ts'
import type { WordMatches, WordQuery } from '../ports/lexical-index.ts'
import type { Nearest, SearchPath } from '../ports/vector-index.ts'
import { hybridNeighbours } from './hybrid.ts'

const path: SearchPath = { kind: 'scan', compared: 3, among: 3, recall: 1, measuredOn: 0 }

/** Both sides of an index from one function of the key; a search sees only `keys`, a score every key. */
function sideOf(keys: readonly number[], scoreOf: (key: number) => number) {
  const score = async (_query: unknown, asked: Uint32Array) => Float32Array.from(asked, scoreOf)
  const search = async (_query: unknown, limit: number, filter?: KeySet): Promise<Nearest> => {
    const allowed = keys.filter(key => filter === undefined || hasKey(filter, key))
    const found = Uint32Array.from(allowed.slice(0, limit))
    return { keys: found, scores: Float32Array.from(found, scoreOf), path }
  }
  return { score, search }
}

/** The side of the words, each passage with this share of the query. */
function wordsOf(keys: readonly number[], scoreOf: (key: number) => number, share = 1) {
  const match = async ({ limit, also = new Uint32Array(0) }: WordQuery): Promise<WordMatches> => {
    const best = keys.slice(0, limit)
    const all = Uint32Array.from(new Set([...best, ...also]))
    return {
      keys: all,
      scores: Float32Array.from(all, scoreOf),
      coverage: Float32Array.from(all, () => share),
      found: best.length,
      terms: ['bell'],
    }
  }
  return { match }
}

function ascendingKeys(from: number, count: number): number[] {
  return Array.from({ length: count }, (_, i) => from + i)
}

const query = { queryVector: Float32Array.of(1), queryText: 'bell', weight: 0.5, limit: 1000 }

const completeMatch = async (): Promise<WordMatches> => ({
  keys: Uint32Array.of(1, 2, 3),
  scores: Float32Array.of(9, 8.9, 1),
  coverage: Float32Array.of(0.8, 1, 1),
  found: 3,
  terms: ['captain', 'lomsiv', 'ivory', 'flute'],
})

describe('hybridNeighbours', () => {
  it('puts a passage with every word of a longer query first, whatever it means', async () => {
    const vectorIndex = sideOf([1, 2, 3], key => (key === 2 ? 0 : 1))
    const asked = {
      ...query,
      queryText: 'captain lomsiv ivory flute',
      vectorIndex,
      lexicalIndex: { match: completeMatch },
    }
    const found = await hybridNeighbours(asked)
    expect([...found.keys]).toEqual([3, 2, 1])
    expect([...found.coverage]).toEqual([1, 1, Math.fround(0.8)])
    const short = async () => ({ ...(await completeMatch()), terms: ['ivory', 'flute'] })
    const few = await hybridNeighbours({ ...asked, lexicalIndex: { match: short } })
    expect(few.keys[0]).toBe(1)
  })

  it('gives every member of the union its true score on both sides', async () => {
    const found = await hybridNeighbours({
      ...query,
      vectorIndex: sideOf([1, 2], key => 1 / key),
      lexicalIndex: wordsOf([3, 2], key => key),
    })
    expect([...found.keys]).toEqual([1, 3, 2])
    expect([...found.dense]).toEqual([...Float32Array.of(1, 1 / 3, 1 / 2)])
    expect([...found.lexical]).toEqual([1, 3, 2])
  })

  it('weighs the best hundred of each side', async () => {
    const found = await hybridNeighbours({
      ...query,
      vectorIndex: sideOf(ascendingKeys(0, 500), key => -key),
      lexicalIndex: wordsOf(ascendingKeys(1000, 500), key => key),
    })
    expect([...found.keys].toSorted((a, b) => a - b)).toEqual([
      ...ascendingKeys(0, 100),
      ...ascendingKeys(1000, 100),
    ])
  })

  it('answers with the best few that were asked for', async () => {
    const vectorIndex = sideOf([5, 6, 7], key => 1 / key)
    const found = await hybridNeighbours({
      ...query,
      limit: 2,
      vectorIndex,
      lexicalIndex: wordsOf([], () => 0),
    })
    expect([...found.keys]).toEqual([5, 6])
    expect(found.dense.length + found.lexical.length + found.fused.length).toBe(6)
  })

  it('says how the nearest were found', async () => {
    const sides = { vectorIndex: sideOf([5], key => key), lexicalIndex: wordsOf([], () => 0) }
    expect((await hybridNeighbours({ ...query, ...sides })).path).toBe(path)
  })

  it('answers nothing when both sides are empty', async () => {
    const vectorIndex = sideOf([], () => 0)
    const empty = wordsOf([], () => 0)
    const found = await hybridNeighbours({ ...query, vectorIndex, lexicalIndex: empty })
    expect(found.keys.length).toBe(0)
  })

  it('says what share of the query each passage has, and what was looked for', async () => {
    const found = await hybridNeighbours({
      ...query,
      vectorIndex: sideOf([1, 2], key => 1 / key),
      lexicalIndex: wordsOf([2], key => key, 0.25),
    })
    expect([...found.coverage]).toEqual([0.25, 0.25])
    expect(found.terms).toEqual(['bell'])
  })

  it('looks for the nearest among what it is restricted to', async () => {
    const found = await hybridNeighbours({
      ...query,
      vectorIndex: sideOf([1, 2, 3], key => 1 / key),
      lexicalIndex: wordsOf([], () => 0),
      within: keySetOf(Uint32Array.of(2, 3)),
    })
    expect([...found.keys]).toEqual([2, 3])
  })

  it('trusts meaning more where no passage has more than a little of the query', async () => {
    const sides = { vectorIndex: sideOf([1, 2], key => 1 / key) }
    const sure = await hybridNeighbours({
      ...query,
      weight: 0.4,
      ...sides,
      lexicalIndex: wordsOf([2], key => key - 1),
    })
    const unsure = await hybridNeighbours({
      ...query,
      weight: 0.4,
      ...sides,
      lexicalIndex: wordsOf([2], key => key - 1, 0.2),
    })
    expect([...sure.keys]).toEqual([2, 1])
    expect([...unsure.keys]).toEqual([1, 2])
  })
})
