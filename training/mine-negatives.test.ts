import { describe, expect, it } from 'vitest'
import { createTokenizer } from '../src/core/model/word-piece.ts'
import { groupOf } from '../src/core/training/groups.ts'
import { poolPairs } from '../src/core/training/pair-pool.ts'
import { createRandom } from '../src/core/training/random.ts'
import { createTokenStore } from '../src/core/training/token-store.ts'
import { PLAIN_PLAN } from '../src/core/training/training-shape.ts'
import { searchedSources } from './hard-negatives.ts'
import { initialise } from './initialise.ts'
import { chooseSome, mineByMeaning, mineByWords } from './mine-negatives.ts'
import { startTrainer } from './parallel-trainer.ts'
import { tokenizerFile } from './prepare.ts'

const WORDS = ['bells', 'ring', 'tower', 'bread', 'oven', 'ships', 'sail', 'sea', 'loud', 'old']
const TOKENIZER = createTokenizer(tokenizerFile(['[PAD]', '[UNK]', ...WORDS]))

const ITEMS = [
  { query: 'old bells', positive: 'old bells ring loud', negative: 'ships sail' },
  { query: 'old bells', positive: 'bells old loud' },
  { query: 'loud bells', positive: 'bells loud old' },
  { query: 'ring', positive: 'bells ring loud loud' },
  { query: 'sea', positive: 'ships sail sea' },
  { query: 'oven', positive: 'bread' },
]

function searched() {
  const store = createTokenStore()
  const lists = ITEMS.map(({ query, positive }) => ({
    query: store.add(TOKENIZER.encode(query, 8)),
    document: store.add(TOKENIZER.encode(positive, 8)),
  }))
  const listed = [{ name: 's', items: ITEMS, lists }]
  const [source] = searchedSources({ store, listed }, TOKENIZER, createRandom(1))
  if (source === undefined) throw new Error('expected a source')
  return source
}

describe('mining by words', () => {
  it('finds documents that share words, but no answers and nothing as good as one', async () => {
    const { pool, texts, queries } = searched()
    expect(texts.queries).toEqual(['old bells', 'loud bells', 'ring', 'sea', 'oven'])
    const mined = await mineByWords(pool, texts, queries)
    const found = [...queries.keys()].map(query =>
      Array.from(groupOf(mined, query), document => texts.documents[document]),
    )
    // The words of "bells old loud" and of "bells loud old" are the same: who has one as an answer does not get the other.
    expect(found[0]).toEqual(['bells ring loud loud'])
    expect(found[1]).not.toContain('bells old loud')
    expect(found[3]).toEqual([])
    expect(found[4]).toEqual([])
  })

  it('knows what came marked as wrong', () => {
    const { pool, texts } = searched()
    expect(Array.from(groupOf(pool.marked, 0), document => texts.documents[document])).toEqual(['ships sail'])
  })
})

describe('mining by meaning', () => {
  it('finds what the cosines of the towers say, whatever the number of threads', async () => {
    const store = createTokenStore()
    const random = createRandom(4)
    // More texts than a batch holds: query i is pieces i and i + 1, its answer i and i + 2.
    const lists = Array.from({ length: 90 }, (_, i) => ({
      query: store.add([2 + i, 3 + i]),
      document: store.add([2 + i, 4 + i]),
    }))
    const pool = poolPairs(store, lists, [])
    const sizes = { vocabulary: 100, dimension: 8, batch: 32, maxTokens: { query: 4, document: 4 } }
    const mineWith = async (threads: number) => {
      const trainer = await startTrainer({ ...PLAIN_PLAN, ...sizes, negatives: 1, threads })
      initialise(trainer.worker, new Float64Array(100), 1e-3, createRandom(2))
      const options = { ordered: false, factorOf: () => 1, dropout: 0, random }
      const mined = mineByMeaning(trainer, pool, Int32Array.of(3, 50, 89), options)
      const { table } = trainer.worker.state
      const vectors = (ids: readonly number[]): number[] => {
        const sum = Array.from({ length: 8 }, (_, d) =>
          ids.reduce((total, id) => total + (table.values[id * 8 + d] ?? 0), 0),
        )
        return sum.map(value => value / Math.hypot(...sum))
      }
      const cosine = (i: number, j: number): number => {
        const [q, d] = [vectors([2 + i, 3 + i]), vectors([2 + j, 4 + j])]
        return q.reduce((sum, value, n) => sum + value * (d[n] ?? 0), 0)
      }
      await trainer.close()
      return { mined, cosine }
    }
    const { mined, cosine } = await mineWith(1)
    for (const query of [3, 50, 89]) {
      const others = [...lists.keys()].filter(document => document !== query)
      const below = others.filter(document => cosine(query, document) < 0.95 * cosine(query, query))
      const ranked = below.toSorted((a, b) => cosine(query, b) - cosine(query, a)).slice(0, 20)
      // An answer that points away tells nothing of who is too near.
      const expected = cosine(query, query) > 0 ? ranked : []
      expect([...groupOf(mined, query)]).toEqual(expected)
    }
    expect(mined.items.length).toBeGreaterThan(19)
    expect(groupOf(mined, 4).length).toBe(0)
    expect((await mineWith(2)).mined).toEqual(mined)
  }, 30_000)
})

it('chooses different numbers in rising order, or all', () => {
  expect([...chooseSome(5, 9, createRandom(1))]).toEqual([0, 1, 2, 3, 4])
  const some = [...chooseSome(100, 10, createRandom(1))]
  expect(some).toEqual([...new Set(some)].toSorted((a, b) => a - b))
  expect(some).toHaveLength(10)
})
