import { describe, expect, it } from 'vitest'
import { createBm25Index } from './bm25-index.ts'

describe('bm25 index', () => {
  it('scores as computed by hand', async () => {
    const index = createBm25Index()
    await index.add(Uint32Array.of(1, 2), ['bell bell tower', 'moss'])
    const { scores } = await index.match({ text: 'bell', limit: 1 })
    const idf = Math.log(1 + (2 - 1 + 0.5) / (1 + 0.5))
    expect(scores[0]).toBeCloseTo((idf * 2) / (2 + 0.9 * (1 - 0.4 + (0.4 * 3) / 2)), 6)
  })

  it('finds a term of thousands of documents in every one of them', async () => {
    const index = createBm25Index()
    const keys = Uint32Array.from({ length: 5000 }, (_, i) => i * 3)
    await index.add(
      keys,
      Array.from(keys, key => (key % 2 === 0 ? 'bell tower' : 'bell')),
    )
    expect((await index.match({ text: 'bell', limit: 10_000 })).found).toBe(5000)
    expect((await index.match({ text: 'tower', limit: 10_000 })).found).toBe(2500)
  })
})
