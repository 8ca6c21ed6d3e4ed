import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { collectBest } from './best-keys.ts'

describe('collectBest', () => {
  it('keeps what sorting everything would put first', () => {
    const entry = fc.record({ key: fc.nat(4294967295), score: fc.integer({ min: -3, max: 3 }) })
    const entries = fc.uniqueArray(entry, { selector: ({ key }) => key, maxLength: 300 })
    fc.assert(
      fc.property(entries, fc.nat(310), (entries, limit) => {
        const best = collectBest(limit)
        for (const [i, { key, score }] of entries.entries()) {
          const sortedSoFar = entries
            .slice(0, i)
            .map(entry => entry.score)
            .toSorted((a, b) => b - a)
          expect(best.threshold()).toBe(limit === 0 ? Infinity : (sortedSoFar[limit - 1] ?? -Infinity))
          best.offer(key, score)
        }
        const sorted = entries.toSorted((a, b) => b.score - a.score || a.key - b.key).slice(0, limit)
        const { keys, scores } = best.take()
        expect([...keys]).toEqual(sorted.map(({ key }) => key))
        expect([...scores]).toEqual(sorted.map(({ score }) => score))
      }),
      { seed: 3 },
    )
  })
})
