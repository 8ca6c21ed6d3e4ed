import { describe, expect, it } from 'vitest'
import type { HeadStore } from '../core/ports/learning.ts'

const SCORES = { examples: 40, before: 0.5, after: 0.6, probesBefore: 0.9, probesAfter: 0.9 }

export const headOf = (tower: string, learnedAt: number) => ({
  tower,
  source: 'openings' as const,
  learnedAt,
  scores: SCORES,
  correction: Float32Array.of(1, 0, 0, learnedAt),
})

/** The promises of the `HeadStore` port; `open` gives an empty one. */
export function runHeadStoreSuite(name: string, open: () => Promise<HeadStore>): void {
  describe(`head store: ${name}`, () => {
    it('has nothing but the shipped head at first', async () => {
      const store = await open()
      expect([await store.versions('a'), await store.inUse('a')]).toEqual([[], 0])
    })

    it('numbers what it keeps, and puts it in use', async () => {
      const store = await open()
      const first = await store.keep(headOf('a', 5))
      expect(first).toEqual({ ...headOf('a', 5), number: 1 })
      await store.keep(headOf('a', 3))
      expect(await store.versions('a')).toEqual([first, { ...headOf('a', 3), number: 2 }])
      expect(await store.inUse('a')).toBe(2)
    })

    it('keeps a version and leaves the choice when it is told to', async () => {
      const store = await open()
      await store.keep(headOf('a', 1))
      expect(await store.keep(headOf('a', 2), false)).toMatchObject({ number: 2 })
      expect(await store.inUse('a')).toBe(1)
    })

    it('goes back to any version, and to the shipped one', async () => {
      const store = await open()
      for (const at of [1, 2]) await store.keep(headOf('a', at))
      await store.use('a', 1)
      expect(await store.inUse('a')).toBe(1)
      await store.use('a', 0)
      expect(await store.inUse('a')).toBe(0)
      expect(await store.versions('a')).toHaveLength(2)
    })

    it('keeps the towers apart', async () => {
      const store = await open()
      expect(await store.towers()).toEqual([])
      await store.keep(headOf('a', 1))
      await store.keep(headOf('ab', 2))
      expect((await store.versions('a')).map(({ learnedAt }) => learnedAt)).toEqual([1])
      expect((await store.versions('ab')).map(({ number }) => number)).toEqual([1])
      expect(await store.inUse('b')).toBe(0)
      await store.keep(headOf('a', 3))
      expect(await store.towers()).toEqual(['a', 'ab'])
    })
  })
}
