import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createPlainLexicalIndex } from '../core/lexical/plain-lexical-index.ts'
import type { LexicalIndex } from '../core/ports.ts'

/** What every `LexicalIndex` promises; run it once for each adapter. */
export function describeLexicalIndex(name: string, create: () => LexicalIndex): void {
  describe(`${name} as a lexical index`, () => {
    it('finds nothing while it is empty', async () => {
      const index = create()
      expect([...(await index.search('tower', 10)).keys]).toEqual([])
      expect([...(await index.keys())]).toEqual([])
      expect([...(await index.score('tower', keys(1)))]).toEqual([0])
      expect([...(await index.coverage('tower', keys(1)))]).toEqual([0])
    })

    it('ranks rare words above common ones', async () => {
      const index = await filled(create(), {
        1: 'a bell tower',
        2: 'a water tower',
        3: 'a water mill',
        4: 'bats in water',
      })
      expect([...(await index.search('water tower bats', 10)).keys]).toEqual([4, 2, 1, 3])
    })

    it('gives ties to the smaller key', async () => {
      const index = await filled(create(), { 4294967295: 'owl', 7: 'owl', 0: 'owl', 12: 'owl' })
      expect([...(await index.search('owl', 3)).keys]).toEqual([0, 7, 12])
    })

    it('counts a word that is typed twice twice', async () => {
      const index = await filled(create(), { 1: 'bell', 2: 'tower', 3: 'moss' })
      const once = await index.score('bell tower', keys(1, 2))
      const twice = await index.score('bell tower bell', keys(1, 2))
      expect(twice[0]).toBeCloseTo(2 * (once[0] ?? 0), 6)
      expect(twice[1]).toBeCloseTo(once[1] ?? 0, 6)
    })

    it('searches stop words when there is nothing else', async () => {
      const index = await filled(create(), { 1: 'to be or not to be', 2: 'bell' })
      expect([...(await index.search('to be', 10)).keys]).toEqual([1])
    })

    it('replaces the text of a key that is added again', async () => {
      const index = await filled(create(), { 1: 'bell', 2: 'moss' })
      await index.add(keys(1), ['tower'])
      expect([...(await index.search('bell', 10)).keys]).toEqual([])
      expect([...(await index.search('tower', 10)).keys]).toEqual([1])
      expect([...(await index.keys())]).toEqual([1, 2])
    })

    it('ignores the removal of unknown keys', async () => {
      const index = await filled(create(), { 1: 'bell' })
      await index.remove(keys(2, 3))
      expect([...(await index.keys())]).toEqual([1])
    })

    it('takes texts again after all of them are removed', async () => {
      const index = await filled(create(), { 1: 'bell', 2: 'bell tower' })
      await index.remove(keys(1, 2))
      expect([...(await index.search('bell', 10)).keys]).toEqual([])
      await index.add(keys(2), ['bell'])
      expect([...(await index.search('bell', 10)).keys]).toEqual([2])
    })

    it('is empty after clear', async () => {
      const index = await filled(create(), { 1: 'bell' })
      await index.clear()
      expect([...(await index.search('bell', 10)).keys]).toEqual([])
      expect([...(await index.keys())]).toEqual([])
    })

    it('refuses texts that do not match the keys, and adds nothing', async () => {
      const index = await filled(create(), { 1: 'bell' })
      await expect(index.add(keys(2, 3), ['tower'])).rejects.toThrow('expected as many texts as keys')
      expect([...(await index.keys())]).toEqual([1])
    })

    it('says what share of a query a text covers', async () => {
      const index = await filled(create(), { 1: 'bell tower', 2: 'tower', 3: 'moss' })
      const [whole, part, none, unknown] = await index.coverage('bells of the tower', keys(1, 2, 3, 9))
      expect(whole).toBeCloseTo(1, 6)
      expect(part).toBeGreaterThan(0)
      expect(part).toBeLessThan(0.5)
      expect([none, unknown]).toEqual([0, 0])
    })

    it('agrees with the formula through any history', async () => {
      await fc.assert(
        fc.asyncProperty(fc.array(step, { maxLength: 30 }), steps => followSteps(create(), steps)),
        {
          seed: 2026,
          numRuns: 60,
        },
      )
    })

    it('agrees with the formula after many texts have come and gone', async () => {
      const index = create()
      const oracle = createPlainLexicalIndex()
      for (let key = 0; key < 300; key++) {
        const text = `word${key % 7} word${key % 11} moss`
        await Promise.all([index.add(keys(key), [text]), oracle.add(keys(key), [text])])
      }
      const gone = Uint32Array.from({ length: 250 }, (_, i) => (i * 7) % 300)
      await Promise.all([index.remove(gone), oracle.remove(gone)])
      await expectAgreement(index, oracle, 'word3 word5 moss', 20)
    })
  })
}

async function filled(index: LexicalIndex, texts: Readonly<Record<number, string>>): Promise<LexicalIndex> {
  await index.add(Uint32Array.from(Object.keys(texts), Number), Object.values(texts))
  return index
}

async function followSteps(index: LexicalIndex, steps: readonly Step[]): Promise<void> {
  const oracle = createPlainLexicalIndex()
  for (const { action, keys, text, limit } of steps) {
    const added = Uint32Array.from(keys)
    const texts = keys.map((_, i) => `${text} ${VOCABULARY[i] ?? ''}`)
    if (action === 'add') await Promise.all([index.add(added, texts), oracle.add(added, texts)])
    if (action === 'remove') await Promise.all([index.remove(added), oracle.remove(added)])
    if (action === 'clear') await Promise.all([index.clear(), oracle.clear()])
    await expectAgreement(index, oracle, text, limit)
  }
}

async function expectAgreement(
  index: LexicalIndex,
  oracle: LexicalIndex,
  query: string,
  limit: number,
): Promise<void> {
  const all = await oracle.keys()
  expect([...(await index.keys())]).toEqual([...all])
  expectClose(await index.score(query, all), await oracle.score(query, all))
  expectClose(await index.coverage(query, all), await oracle.coverage(query, all))
  const found = await index.search(query, limit)
  expectClose(found.scores, (await oracle.search(query, limit)).scores)
  expectClose(found.scores, await oracle.score(query, found.keys))
  for (let rank = 1; rank < found.keys.length; rank++) {
    const tie = found.scores[rank] === found.scores[rank - 1]
    if (tie) expect(found.keys[rank]).toBeGreaterThan(found.keys[rank - 1] ?? Number.NaN)
  }
}

function expectClose(actual: Float32Array, expected: Float32Array): void {
  expect(actual.length).toBe(expected.length)
  actual.forEach((value, i) => expect(value).toBeCloseTo(expected[i] ?? Number.NaN, 5))
}

function keys(...values: number[]): Uint32Array {
  return Uint32Array.from(values)
}

interface Step {
  readonly action: 'add' | 'remove' | 'clear'
  readonly keys: readonly number[]
  readonly text: string
  readonly limit: number
}

const VOCABULARY = ['bell', 'bells', 'tower', 'the', 'of', 'moss', 'owl', '鐘樓', '鐘', 'Glocke', 'élan']

const step: fc.Arbitrary<Step> = fc.record({
  action: fc.oneof(
    { weight: 6, arbitrary: fc.constant('add' as const) },
    { weight: 3, arbitrary: fc.constant('remove' as const) },
    { weight: 1, arbitrary: fc.constant('clear' as const) },
  ),
  keys: fc.array(fc.oneof(fc.nat(12), fc.constant(4294967295)), { minLength: 1, maxLength: 6 }),
  text: fc.array(fc.constantFrom(...VOCABULARY), { maxLength: 12 }).map(words => words.join(' ')),
  limit: fc.nat(12),
})
