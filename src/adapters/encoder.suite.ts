import { beforeAll, describe, expect, it } from 'vitest'
import type { Encoder, Tower } from '../core/ports/encoder.ts'

const TOWERS: readonly Tower[] = ['query', 'document']

/**
 * What every `Encoder` promises; run it once for each adapter.
 * @param create Called once; the suite shares what it gives.
 * @param manyTexts So many texts keep it busy for a while.
 */
export function runEncoderSuite(name: string, create: () => Promise<Encoder>, manyTexts = 600): void {
  describe(`${name} as an encoder`, () => {
    let encoder: Encoder
    let dimension: number

    beforeAll(async () => {
      encoder = await create()
      dimension = (await encoder.info()).dimension
    }, 60_000)

    async function rowsOf(texts: readonly string[], tower: Tower = 'document'): Promise<Float32Array[]> {
      const vectors = await encoder.encode(texts, tower)
      expect(vectors.length).toBe(texts.length * dimension)
      return texts.map((_, row) => vectors.subarray(row * dimension, (row + 1) * dimension))
    }

    it.each(TOWERS)('gives rows of length 1 on the side of the %s', async tower => {
      const texts = [
        'bread',
        'How do I keep a loaf fresh?',
        '',
        ' \n\t ',
        '?!',
        '\u{1f35e}',
        '中文',
        '\u0000\ud800',
      ]
      for (const row of await rowsOf(texts, tower)) expect(length(row)).toBeCloseTo(1, 4)
    })

    it('keeps the order of texts of different lengths', async () => {
      const texts = Array.from({ length: 40 }, (_, i) => 'bread rises slowly '.repeat(1 + ((i * 7) % 40)) + i)
      const together = await rowsOf(texts)
      for (const i of [0, 13, 39]) {
        const [alone] = await rowsOf([texts[i] ?? ''])
        expect(cosine(alone, together[i])).toBeGreaterThan(0.9999)
      }
    })

    it('gives the same text the same vector, wherever it stands', async () => {
      const texts = Array.from({ length: 300 }, (_, i) =>
        i % 3 === 0 ? 'the same text' : `another text ${i} `.repeat(i),
      )
      const rows = await rowsOf(texts)
      for (const i of [3, 150, 297]) expect(cosine(rows[0], rows[i])).toBeGreaterThan(0.9999)
    })

    it('takes no text at all', async () => {
      expect((await encoder.encode([], 'document')).length).toBe(0)
    })

    it('takes a text of a megabyte', async () => {
      const [row] = await rowsOf(['How do bells ring? '.repeat(55_000)])
      expect(length(row)).toBeCloseTo(1, 4)
    })

    it('gives a vector that the caller may keep and change', async () => {
      const [first] = await rowsOf(['bread'])
      const kept = Float32Array.from(first ?? [])
      first?.fill(0)
      const [second] = await rowsOf(['bread'])
      expect(cosine(kept, second)).toBeGreaterThan(0.9999)
    })

    it('puts a text nearer to its own words than to others', async () => {
      const [question] = await rowsOf(['stale bread'], 'query')
      const [near, far] = await rowsOf(['bread that has gone stale', 'quarterly tax returns'])
      expect(cosine(question, near)).toBeGreaterThan(cosine(question, far))
    })

    it('serves a query before the end of documents that were there first', async () => {
      const finished: string[] = []
      const texts = Array.from({ length: manyTexts }, (_, i) => `document ${i} `.repeat(60))
      await Promise.all([
        rowsOf(texts).then(() => finished.push('documents')),
        rowsOf(['bread'], 'query').then(() => finished.push('query')),
      ])
      expect(finished).toEqual(['query', 'documents'])
    })
  })
}

function length(row: Float32Array | undefined): number {
  return Math.hypot(...(row ?? []))
}

function cosine(a: Float32Array | undefined, b: Float32Array | undefined): number {
  return (a ?? new Float32Array(0)).reduce((sum, value, i) => sum + value * (b?.[i] ?? Number.NaN), 0)
}
