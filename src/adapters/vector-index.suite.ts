import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { hasKey, type KeySet, keySetOf } from '../core/key-set.ts'
import type { VectorIndex } from '../core/ports/vector-index.ts'
import { createExactVectorIndex } from './exact-vector-index.ts'
import { keysUpTo, rowsOf } from './seeded-vectors.ts'

export interface VectorIndexSubject {
  readonly name: string
  readonly create: (dimension: number) => VectorIndex
}

/** What every `VectorIndex` promises; run it once for each adapter. */
export function describeVectorIndex({ name, create }: VectorIndexSubject): void {
  describe(`${name} as a vector index`, () => {
    it('finds nothing while it is empty', async () => {
      const index = create(4)
      expect((await index.search(Float32Array.of(1, 0, 0, 0), 10)).keys.length).toBe(0)
      expect((await index.keys()).length).toBe(0)
      expect([...(await index.score(Float32Array.of(1, 0, 0, 0), Uint32Array.of(1)))]).toEqual([0])
    })

    it('ranks by cosine and gives ties to the smaller key', async () => {
      const index = create(2)
      await index.add(Uint32Array.of(4294967295, 3, 0, 2), Float32Array.of(1, 0, 0.6, 0.8, 1, 0, -1, 0))
      const found = await index.search(Float32Array.of(1, 0), 10)
      expect([...found.keys]).toEqual([0, 4294967295, 3, 2])
      expectClose(found.scores, Float32Array.of(1, 1, 0.6, -1))
    })

    it('finds as many as asked for among hundreds of copies', async () => {
      const index = create(3)
      const keys = Uint32Array.from({ length: 300 }, (_, i) => 1000 - i)
      await index.add(keys, new Float32Array(900).fill(Math.sqrt(1 / 3)))
      const { keys: found, scores } = await index.search(Float32Array.of(1, 0, 0), 5)
      expect(new Set(found).size).toBe(5)
      expect(new Set(scores).size).toBe(1)
    })

    it('answers with at most as many as there are, and none for a limit of 0', async () => {
      const index = create(2)
      await index.add(Uint32Array.of(1, 2), Float32Array.of(1, 0, 0, 1))
      expect((await index.search(Float32Array.of(1, 0), 1)).keys.length).toBe(1)
      expect((await index.search(Float32Array.of(1, 0), 100_000)).keys.length).toBe(2)
      expect((await index.search(Float32Array.of(1, 0), 0)).keys.length).toBe(0)
    })

    it('scores keys in their order, unknown and repeated ones included', async () => {
      const index = create(2)
      await index.add(Uint32Array.of(1, 2), Float32Array.of(1, 0, 0.6, 0.8))
      const scores = await index.score(Float32Array.of(0, 1), Uint32Array.of(2, 9, 1, 2))
      expectClose(scores, Float32Array.of(0.8, 0, 0, 0.8))
    })

    it('replaces the vector of a key that is added again, also within one call', async () => {
      const index = create(2)
      await index.add(Uint32Array.of(1, 2, 1), Float32Array.of(1, 0, 0, 1, 0, -1))
      expect([...(await index.score(Float32Array.of(0, 1), Uint32Array.of(1)))]).toEqual([-1])
      await index.add(Uint32Array.of(1), Float32Array.of(0.6, 0.8))
      const found = await index.search(Float32Array.of(1, 0), 10)
      expect([...found.keys]).toEqual([1, 2])
      expectClose(found.scores, Float32Array.of(0.6, 0))
    })

    it('finds only what a filter has chosen', async () => {
      const index = create(2)
      await index.add(Uint32Array.of(4, 9, 40, 7), Float32Array.of(1, 0, 0.6, 0.8, 0, 1, 0.8, 0.6))
      const filter = keySetOf(Uint32Array.of(40, 9, 3))
      const { keys, path } = await index.search(Float32Array.of(1, 0), 10, filter)
      expect([...keys]).toEqual([9, 40])
      expect(path.among).toBe(2)
      expect((await index.search(Float32Array.of(1, 0), 10)).keys.length).toBe(4)
      expect((await index.search(Float32Array.of(1, 0), 10, keySetOf(new Uint32Array()))).keys.length).toBe(0)
    })

    it('follows what changes behind a filter', async () => {
      const index = create(2)
      const filter = keySetOf(Uint32Array.of(1, 2, 3))
      await index.add(Uint32Array.of(1, 2, 5), Float32Array.of(1, 0, 0, 1, 1, 0))
      expect([...(await index.search(Float32Array.of(1, 0), 3, filter)).keys]).toEqual([1, 2])
      await index.remove(Uint32Array.of(1))
      expect([...(await index.search(Float32Array.of(1, 0), 3, filter)).keys]).toEqual([2])
      await index.add(Uint32Array.of(3), Float32Array.of(0.6, 0.8))
      expect([...(await index.search(Float32Array.of(1, 0), 3, filter)).keys]).toEqual([3, 2])
      await index.clear()
      expect((await index.search(Float32Array.of(1, 0), 3, filter)).keys.length).toBe(0)
    })

    it('says how it searched', async () => {
      const index = create(2)
      await index.add(keysUpTo(5), rowsOf(5, 2, 1))
      const { path } = await index.search(Float32Array.of(1, 0), 3)
      expect(['scan', 'signs', 'graph']).toContain(path.kind)
      expect(path.among).toBe(5)
      if (path.kind === 'scan') expect(path).toMatchObject({ compared: 5, recall: 1 })
    })

    it('ignores the removal of unknown keys', async () => {
      const index = create(2)
      await index.add(Uint32Array.of(1), Float32Array.of(1, 0))
      await index.remove(Uint32Array.of(7, 7))
      expect([...(await index.keys())]).toEqual([1])
    })

    it('takes vectors again after all of them are removed', async () => {
      const index = create(8)
      const first = rowsOf(40, 8, 1)
      await index.add(keysUpTo(40), first)
      await index.remove(keysUpTo(40))
      expect((await index.search(first.subarray(0, 8), 10)).keys.length).toBe(0)
      await index.add(keysUpTo(3), rowsOf(3, 8, 2))
      expect([...(await index.keys())]).toEqual([0, 1, 2])
      expect((await index.search(first.subarray(0, 8), 10)).keys.length).toBe(3)
    })

    it('is empty after clear', async () => {
      const index = create(2)
      await index.add(Uint32Array.of(1), Float32Array.of(1, 0))
      await index.clear()
      expect((await index.keys()).length).toBe(0)
      expect((await index.search(Float32Array.of(1, 0), 3)).keys.length).toBe(0)
    })

    it.each([
      ['NaN', Float32Array.of(0, 1, Number.NaN, 0), 'expected finite values, got NaN at 2'],
      ['infinity', Float32Array.of(0, 1, 0, Number.NEGATIVE_INFINITY), 'expected finite values'],
      ['a value too few', Float32Array.of(0, 1, 0), 'expected 2 vectors of 2 values, got 3 values'],
      ['a row too many', new Float32Array(6), 'expected 2 vectors of 2 values, got 6 values'],
    ])('refuses %s and adds nothing', async (_, vectors, message) => {
      const index = create(2)
      await index.add(Uint32Array.of(5), Float32Array.of(1, 0))
      await expect(index.add(Uint32Array.of(5, 6), vectors)).rejects.toThrow(message)
      expect([...(await index.keys())]).toEqual([5])
      expect([...(await index.score(Float32Array.of(1, 0), Uint32Array.of(5)))]).toEqual([1])
    })

    it('refuses a query of another dimension or without finite values', async () => {
      const index = create(2)
      await expect(index.search(Float32Array.of(1), 3)).rejects.toThrow('expected a query of 2 values, got 1')
      await expect(index.search(Float32Array.of(1, Number.NaN), 3)).rejects.toThrow('expected finite values')
      await expect(index.score(Float32Array.of(1), keysUpTo(1))).rejects.toThrow('expected a query')
    })

    it('keeps zero, tiny and denormal vectors apart from the others', async () => {
      const index = create(2)
      await index.add(keysUpTo(5), Float32Array.of(0, 0, 1e-40, 0, 1e-20, 0, 1, 0, -1e-40, -1e-44))
      const found = await index.search(Float32Array.of(1, 0), 5)
      expect([...found.keys]).toEqual([3, 2, 1, 0, 4])
      expect(found.scores[0]).toBe(1)
    })

    it('does what the exact index does through any history', async () => {
      await fc.assert(
        fc.asyncProperty(
          fc.array(step, { maxLength: 25 }),
          fc.constantFrom(1, 3, 64, 100),
          (steps, dimension) => followSteps(create(dimension), steps, dimension),
        ),
        { seed: 2026, numRuns: 60 },
      )
    })
  })
}

interface Step {
  readonly action: 'add' | 'remove' | 'clear'
  readonly keys: readonly number[]
  /** By a filter. */
  readonly chosen: readonly number[]
  readonly seed: number
  readonly limit: number
}

const step: fc.Arbitrary<Step> = fc.record({
  action: fc.oneof(
    { weight: 8, arbitrary: fc.constant('add' as const) },
    { weight: 4, arbitrary: fc.constant('remove' as const) },
    { weight: 1, arbitrary: fc.constant('clear' as const) },
  ),
  keys: fc.array(fc.oneof(fc.nat(40), fc.nat(4294967295)), { minLength: 1, maxLength: 20 }),
  chosen: fc.array(fc.nat(40), { maxLength: 40 }),
  seed: fc.nat(1000),
  limit: fc.nat(30),
})

async function followSteps(index: VectorIndex, steps: readonly Step[], dimension: number): Promise<void> {
  const oracle = createExactVectorIndex(dimension)
  for (const { action, keys, chosen, seed, limit } of steps) {
    const changed = Uint32Array.from(keys)
    const vectors = rowsOf(keys.length, dimension, seed)
    for (const each of [index, oracle]) {
      if (action === 'add') await each.add(changed, vectors)
      if (action === 'remove') await each.remove(changed)
      if (action === 'clear') await each.clear()
    }
    const query = rowsOf(1, dimension, seed + 1)
    await expectAgreement(index, oracle, query, limit)
    await expectAgreement(index, oracle, query, limit, keySetOf(Uint32Array.from(chosen)))
  }
}

/** By how much scores may differ: 16 bits of each value may be all that an index keeps. */
const TOLERANCE = 5e-5

/** The same keys but for near ties, the same scores, and ties in the order of keys. */
export async function expectAgreement(
  index: VectorIndex,
  oracle: VectorIndex,
  query: Float32Array,
  limit: number,
  filter?: KeySet,
): Promise<void> {
  const all = await oracle.keys()
  expect([...(await index.keys())]).toEqual([...all])
  expectClose(await index.score(query, all), await oracle.score(query, all))
  const found = await index.search(query, limit, filter)
  expectClose(found.scores, (await oracle.search(query, limit, filter)).scores)
  expectClose(found.scores, await oracle.score(query, found.keys))
  if (filter !== undefined) expect(found.keys.every(key => hasKey(filter, key))).toBe(true)
  expect(new Set(found.keys).size).toBe(found.keys.length)
  for (let rank = 1; rank < found.keys.length; rank++) {
    const isTie = found.scores[rank] === found.scores[rank - 1]
    if (isTie) expect(found.keys[rank]).toBeGreaterThan(found.keys[rank - 1] ?? Number.NaN)
  }
}

function expectClose(actual: Float32Array, expected: Float32Array): void {
  expect(actual.length).toBe(expected.length)
  const differences = actual.map((value, i) => Math.abs(value - (expected[i] ?? Number.NaN)))
  expect(Math.max(0, ...differences)).toBeLessThan(TOLERANCE)
}
