import { beforeAll, describe, expect, it } from 'vitest'
import { keySetOf } from '../key-set.ts'
import type { WordMatches, WordQuery } from '../ports/lexical-index.ts'
import { createRandom, type Random } from '../training/random.ts'
import { inverseDocumentFrequency, normOf } from './bm25.ts'
import { createBm25Index } from './bm25-index.ts'

/** Several windows and many blocks, so that there is something to skip; few different texts, so that there are ties. */
const DOCUMENTS = 9000
const VOCABULARY = 60
const random = createRandom(77)

/** Word numbers by Zipf's law. */
const rank = (from: Random) => Math.min(VOCABULARY, Math.floor(1 / (from.next() + 0.01)))
const wordsOf = (from: Random, count: number) => Array.from({ length: count }, () => `w${rank(from)}w`)
const texts = Array.from({ length: DOCUMENTS }, () => wordsOf(random, 1 + random.below(6)))
const keyOf = (document: number) => (document * 7919) % 65_536
const keys = Uint32Array.from(texts, (_, document) => keyOf(document))
const dead = new Set(keys.filter(key => key % 5 === 0))
const index = createBm25Index()

/** Every score by the formula, best first. */
function everyScore(query: readonly string[]): { key: number; score: number }[] {
  const living = texts.map((words, i) => ({ words, key: keyOf(i) })).filter(({ key }) => !dead.has(key))
  const mean = living.reduce((sum, { words }) => sum + words.length, 0) / living.length
  const { base, perWord } = normOf(mean)
  const worth = query.map(word => {
    const frequency = living.filter(({ words }) => words.includes(word)).length
    return inverseDocumentFrequency(frequency, living.length)
  })
  const scored = living.map(({ words, key }) => {
    const gains = query.map((word, i) => {
      const count = words.filter(other => other === word).length
      return ((worth[i] ?? 0) * count) / (count + base + perWord * words.length)
    })
    return { key, score: gains.reduce((sum, gain) => sum + gain, 0) }
  })
  return scored.filter(({ score }) => score > 0).toSorted((a, b) => b.score - a.score)
}

const best = ({ keys, scores, coverage, found }: WordMatches) => ({
  keys: [...keys.subarray(0, found)],
  scores: [...scores.subarray(0, found)],
  coverage: [...coverage.subarray(0, found)],
})

beforeAll(async () => {
  for (let start = 0; start < DOCUMENTS; start += 1000) {
    const part = texts.slice(start, start + 1000).map(words => words.join(' '))
    await index.add(keys.slice(start, start + 1000), part)
  }
  await index.remove(Uint32Array.from(dead))
})

describe('a search that skips', () => {
  const queries = Array.from({ length: 30 }, () => wordsOf(random, 1 + random.below(7)))

  it('scores as the formula does', async () => {
    for (const query of queries.slice(0, 8)) {
      const expected = everyScore(query).slice(0, 30)
      const { scores } = await index.match({ text: query.join(' '), limit: 30 })
      expect(scores.length).toBe(expected.length)
      scores.forEach((score, i) => expect(score).toBeCloseTo(expected[i]?.score ?? NaN, 5))
    }
  })

  it.each([1, 10, 100])('answers with the first %i of all, ties and all', async limit => {
    for (const query of queries) {
      const text = query.join(' ')
      const all = best(await index.match({ text, limit: DOCUMENTS }))
      const few = best(await index.match({ text, limit }))
      expect(few.keys).toEqual(all.keys.slice(0, limit))
      expect(few.scores).toEqual(all.scores.slice(0, limit))
      expect(few.coverage).toEqual(all.coverage.slice(0, limit))
    }
  })

  it('scores what is wanted besides as it does when it looks at everything', async () => {
    const also = keys.filter(key => key % 97 === 0)
    for (const query of queries.slice(0, 10)) {
      const text = query.join(' ')
      const scoreOf = async (wanted: WordQuery) => {
        const { keys, scores, coverage } = await index.match(wanted)
        return new Map(Array.from(keys, (key, i) => [key, [scores[i], coverage[i]]]))
      }
      const all = await scoreOf({ text, limit: DOCUMENTS, also })
      const few = await scoreOf({ text, limit: 5, also })
      for (const key of also) expect(few.get(key)).toEqual(all.get(key))
    }
  })

  it('answers within a set as if nothing else were there', async () => {
    const within = keySetOf(keys.filter(key => key % 13 === 0))
    for (const query of queries.slice(0, 10)) {
      const text = query.join(' ')
      const all = best(await index.match({ text, limit: DOCUMENTS }))
      const few = best(await index.match({ text, limit: 10, within }))
      expect(few.keys).toEqual(all.keys.filter(key => key % 13 === 0).slice(0, 10))
    }
  })
})
