import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createPlainLexicalIndex } from '../core/lexical/plain-lexical-index.ts'
import { forEachKey, type KeySet, keySetOf } from '../core/key-set.ts'
import type { LexicalIndex, WordQuery } from '../core/ports/lexical-index.ts'

/** What every `LexicalIndex` promises; run it once for each adapter. */
export function describeLexicalIndex(name: string, create: () => LexicalIndex): void {
  describe(`${name} as a lexical index`, () => {
    it('finds nothing while it is empty', async () => {
      const index = create()
      expect(await found(index, 'tower')).toEqual([])
      expect([...(await index.keys())]).toEqual([])
      const { keys: also, scores, coverage } = await index.match({ text: 'tower', limit: 9, also: keys(1) })
      expect([[...also], [...scores], [...coverage]]).toEqual([[1], [0], [0]])
      expect(keysIn(await index.select({ phrases: ['tower'], without: [] }))).toEqual([])
    })

    it('ranks rare words above common ones', async () => {
      const index = await filled(create(), {
        1: 'a bell tower',
        2: 'a water tower',
        3: 'a water mill',
        4: 'bats in water',
      })
      expect(await found(index, 'water tower bats', 10)).toEqual([4, 2, 1, 3])
    })

    it('gives ties to the smaller key', async () => {
      const index = await filled(create(), { 4294967295: 'owl', 7: 'owl', 0: 'owl', 12: 'owl' })
      expect(await found(index, 'owl', 3)).toEqual([0, 7, 12])
    })

    it('counts a word that is typed twice twice', async () => {
      const index = await filled(create(), { 1: 'bell', 2: 'tower', 3: 'moss' })
      const once = await scoresOf(index, 'bell tower', keys(1, 2))
      const twice = await scoresOf(index, 'bell tower bell', keys(1, 2))
      expect(twice[0]).toBeCloseTo(2 * (once[0] ?? 0), 6)
      expect(twice[1]).toBeCloseTo(once[1] ?? 0, 6)
    })

    it('searches stop words when there is nothing else', async () => {
      const index = await filled(create(), { 1: 'to be or not to be', 2: 'bell' })
      expect(await found(index, 'to be', 10)).toEqual([1])
    })

    it('replaces the text of a key that is added again', async () => {
      const index = await filled(create(), { 1: 'bell', 2: 'moss' })
      await index.add(keys(1), ['tower'])
      expect(await found(index, 'bell', 10)).toEqual([])
      expect(await found(index, 'tower', 10)).toEqual([1])
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
      expect(await found(index, 'bell', 10)).toEqual([])
      await index.add(keys(2), ['bell'])
      expect(await found(index, 'bell', 10)).toEqual([2])
    })

    it('is empty after clear', async () => {
      const index = await filled(create(), { 1: 'bell' })
      await index.clear()
      expect(await found(index, 'bell', 10)).toEqual([])
      expect([...(await index.keys())]).toEqual([])
    })

    it('refuses texts that do not match the keys, and adds nothing', async () => {
      const index = await filled(create(), { 1: 'bell' })
      await expect(index.add(keys(2, 3), ['tower'])).rejects.toThrow('expected as many texts as keys')
      expect([...(await index.keys())]).toEqual([1])
    })

    it('says what share of a query a text covers', async () => {
      const index = await filled(create(), { 1: 'bell tower', 2: 'tower', 3: 'moss' })
      const also = keys(1, 2, 3, 9)
      const { coverage } = await index.match({ text: 'bells of the tower', limit: 0, also })
      const [whole, part, none, unknown] = coverage
      expect(whole).toBeCloseTo(1, 6)
      expect(part).toBeGreaterThan(0)
      expect(part).toBeLessThan(0.5)
      expect([none, unknown]).toEqual([0, 0])
    })

    it('puts what is wanted besides behind the best, once, and whatever its score', async () => {
      const index = await filled(create(), { 1: 'bell', 2: 'bell tower', 3: 'moss', 4: 'tower' })
      const query = { text: 'bell', limit: 1, also: keys(3, 2, 1, 3, 9) }
      const { keys: all, scores, found: best } = await index.match(query)
      expect(best).toBe(1)
      expect([...all]).toEqual([1, 3, 2, 9])
      expect([...scores].map(score => score > 0)).toEqual([true, false, true, false])
    })

    it('finds nothing outside of what it is restricted to', async () => {
      const index = await filled(create(), { 1: 'bell', 2: 'bell tower', 3: 'moss', 70: 'bell' })
      expect(await found(index, 'bell', 9, { within: keySetOf(keys(2, 3)) })).toEqual([2])
      expect(await found(index, 'bell', 9, { within: keySetOf(keys(70, 500)) })).toEqual([70])
      expect(await found(index, 'bell', 9, { within: keySetOf(keys()) })).toEqual([])
    })

    it('scores what is wanted besides as if nothing were restricted', async () => {
      const index = await filled(create(), { 1: 'bell', 2: 'bell tower' })
      const within = keySetOf(keys(2))
      const { keys: all, scores } = await index.match({ text: 'bell', limit: 5, also: keys(1), within })
      expect([...all]).toEqual([2, 1])
      expect(scores[1]).toBeGreaterThan(scores[0] ?? Infinity)
    })

    it('selects passages with a phrase in any of its forms, in order and without a gap', async () => {
      const index = await filled(create(), {
        1: 'the bell tower of the town',
        2: 'the tower bell',
        3: 'a bell in a tower',
        4: 'Two bells, towers!',
        5: 'a bell bell tower',
      })
      expect(await selected(index, ['bell tower'])).toEqual([1, 4, 5])
      expect(await selected(index, ['the town'])).toEqual([1])
      expect(await selected(index, ['bell tower', 'town'])).toEqual([1])
      expect(await selected(index, ['bell tower'], ['town', 'two'])).toEqual([5])
      expect(await selected(index, [], ['the'])).toEqual([3, 4, 5])
      expect(await selected(index, ['bell'], [], keySetOf(keys(2, 4, 99)))).toEqual([2, 4])
      expect(await selected(index, ['bell spire'])).toEqual([])
    })

    it('selects phrases of scripts without spaces', async () => {
      const index = await filled(create(), { 1: '鐘樓在上', 2: '樓鐘在上', 3: 'ร้านอาหารไทย' })
      expect(await selected(index, ['鐘樓在'])).toEqual([1])
      expect(await selected(index, ['鐘在'])).toEqual([2])
      expect(await selected(index, ['อาหารไทย'])).toEqual([3])
    })

    it('finds every form of a word in the language of its text, and always the same form', async () => {
      const index = await filled(create(), {
        1: 'Die Glocken sind in der Stadt zu hören und der Turm ist hoch',
        2: 'Les chevaux sont dans la rue et les cloches sur la place avec nous',
        3: 'The towers are in the town and the bells have been cast by hand',
        4: 'Kellot valettiin kadun päässä olevassa valimossa ja ripustettiin torneihin käsin ennen talvea',
      })
      const asked = ['Glocke', 'glocken', 'cheval', 'chevaux', 'cloche', 'tower', 'kellot', 'torneihin']
      const answers = await Promise.all(asked.map(word => found(index, word)))
      expect(answers).toEqual([[1], [1], [2], [2], [2], [3], [4], [4]])
    })

    it('takes the last word for the beginning of others while it is typed', async () => {
      const index = await filled(create(), { 1: 'a belfry', 2: 'bellows', 3: 'the tower', 4: 'moss' })
      expect(await found(index, 'bel', 9, { typing: true })).toEqual([1, 2])
      expect(await found(index, 'tower belf', 9, { typing: true })).toEqual([1, 3])
      expect(await found(index, 'bel moss', 9, { typing: true })).toEqual([4])
      expect(await found(index, 'bel', 9)).toEqual([])
      const { terms } = await index.match({ text: 'belf', limit: 9, typing: true })
      expect(terms).toEqual(['belfry'])
    })

    it('takes words that no text has for the nearest that some text has, where that is asked for', async () => {
      const index = await filled(create(), { 1: 'a tower', 2: 'an avalanche', 3: 'year 2024', 4: 'a town' })
      const answers = ['twoer', 'tovver', 'avalanhce', 'avlanchee', 'year 2025', 'tow', 'twoer avalanhce']
      const lists = await Promise.all(answers.map(text => found(index, text, 9, { corrected: true })))
      expect(lists).toEqual([[1], [], [2], [2], [3], [], []])
      expect(await found(index, 'twoer', 9)).toEqual([])
    })

    it('agrees with the formula through any history', async () => {
      await fc.assert(
        fc.asyncProperty(fc.array(step, { maxLength: 20 }), steps => followSteps(create(), steps)),
        { seed: 2026, numRuns: 40 },
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
      await expectAgreement(index, oracle, { text: 'word3 word5 moss', limit: 20 })
      await expectSameSelection(index, oracle, { phrases: ['word3'], without: ['word5 moss'] })
    })
  })
}

async function filled(index: LexicalIndex, texts: Readonly<Record<number, string>>): Promise<LexicalIndex> {
  await index.add(Uint32Array.from(Object.keys(texts), Number), Object.values(texts))
  return index
}

async function found(
  index: LexicalIndex,
  text: string,
  limit = 10,
  more: Partial<WordQuery> = {},
): Promise<number[]> {
  return [...(await index.match({ ...more, text, limit })).keys]
}

async function scoresOf(index: LexicalIndex, text: string, also: Uint32Array): Promise<Float32Array> {
  return (await index.match({ text, limit: 0, also })).scores
}

async function selected(
  index: LexicalIndex,
  phrases: readonly string[],
  without: readonly string[] = [],
  within?: KeySet,
): Promise<number[]> {
  return keysIn(await index.select({ phrases, without }, within))
}

function keysIn(set: KeySet): number[] {
  const members: number[] = []
  forEachKey(set, key => members.push(key))
  return members
}

async function followSteps(index: LexicalIndex, steps: readonly Step[]): Promise<void> {
  const oracle = createPlainLexicalIndex()
  for (const { action, keys, text, limit, typing } of steps) {
    const added = Uint32Array.from(keys)
    const texts = keys.map((_, i) => `${text} ${VOCABULARY[i] ?? ''}`)
    if (action === 'add') await Promise.all([index.add(added, texts), oracle.add(added, texts)])
    if (action === 'remove') await Promise.all([index.remove(added), oracle.remove(added)])
    if (action === 'clear') await Promise.all([index.clear(), oracle.clear()])
    await expectAgreement(index, oracle, { text, limit, typing, corrected: limit > 5 })
    const [first = '', second = '', third = ''] = text.split(' ')
    await expectSameSelection(index, oracle, { phrases: [`${first} ${second}`], without: [] })
    await expectSameSelection(index, oracle, { phrases: [], without: [`${second} ${third}`, first] })
  }
}

async function expectSameSelection(
  index: LexicalIndex,
  oracle: LexicalIndex,
  conditions: { readonly phrases: readonly string[]; readonly without: readonly string[] },
): Promise<void> {
  expect(keysIn(await index.select(conditions))).toEqual(keysIn(await oracle.select(conditions)))
}

async function expectAgreement(index: LexicalIndex, oracle: LexicalIndex, query: WordQuery): Promise<void> {
  const also = await oracle.keys()
  expect([...(await index.keys())]).toEqual([...also])
  const own = await index.match({ ...query, also })
  const expected = await oracle.match({ ...query, also })
  expect(own.found).toBe(expected.found)
  expect(own.terms).toEqual(expected.terms)
  expectClose(own.scores.subarray(0, own.found), expected.scores.subarray(0, own.found))
  const places = new Map(Array.from(expected.keys, (key, i) => [key, i]))
  const inOrderOf = (values: Float32Array) =>
    Float32Array.from(own.keys, key => values[places.get(key) ?? -1] ?? NaN)
  expectClose(own.scores, inOrderOf(expected.scores))
  expectClose(own.coverage, inOrderOf(expected.coverage))
  for (let rank = 1; rank < own.found; rank++) {
    const tie = own.scores[rank] === own.scores[rank - 1]
    if (tie) expect(own.keys[rank]).toBeGreaterThan(own.keys[rank - 1] ?? Number.NaN)
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
  readonly typing: boolean
}

const VOCABULARY = [
  'bell',
  'bells',
  'belfry',
  'tower',
  'the',
  'of',
  'moss',
  'owl',
  '鐘樓',
  '鐘',
  'die',
  'und',
  'Glocke',
]
const TYPED = [...VOCABULARY, 'Glocken', 'élan', 'tovwer', 'twer', 'mos']

const step: fc.Arbitrary<Step> = fc.record({
  action: fc.oneof(
    { weight: 6, arbitrary: fc.constant('add' as const) },
    { weight: 3, arbitrary: fc.constant('remove' as const) },
    { weight: 1, arbitrary: fc.constant('clear' as const) },
  ),
  keys: fc.array(fc.nat(40), { minLength: 1, maxLength: 6 }),
  text: fc.array(fc.constantFrom(...TYPED), { maxLength: 12 }).map(words => words.join(' ')),
  limit: fc.nat(12),
  typing: fc.boolean(),
})
