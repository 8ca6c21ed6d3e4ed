import { describe, expect, it } from 'vitest'
import { describeSaveable, type SaveableSubject } from '../../adapters/saveable.suite.ts'
import { keysUpTo } from '../../adapters/seeded-vectors.ts'
import { forEachKey, keySetOf } from '../key-set.ts'
import type { PhraseConditions, WordQuery } from '../ports/lexical-index.ts'
import type { PartState, Saveable, SavedPart } from '../snapshot.ts'
import { createRandom } from '../training/random.ts'
import { type Bm25Index, createBm25Index } from './bm25-index.ts'

const WORDS = 'bell bells belfry tower the of moss owl Glocke Glocken und die cloches 鐘樓 ระฆัง élan'.split(
  ' ',
)

function textOf(key: number, round: number): string {
  const random = createRandom(1000 * round + key)
  const words = Array.from({ length: random.below(12) }, () => WORDS[random.below(WORDS.length)])
  return [...words, `number${key % 7}`, `round${round}`].join(' ')
}

/** Few enough keys that their bitmap is small, whatever damaged keys there are. */
const within = keySetOf(keysUpTo(300))
const QUERIES: readonly Omit<WordQuery, 'limit'>[] = [
  { text: 'bells of the tower' },
  { text: 'number3 moss', within: keySetOf(keysUpTo(40)) },
  { text: 'Glocke 鐘樓 bel', typing: true },
  { text: 'tovwer round2', corrected: true },
]
const CONDITIONS: readonly PhraseConditions[] = [
  { phrases: ['bell tower'], without: [] },
  { phrases: ['moss'], without: ['the owl', '鐘樓'] },
]

function createSubject(): SaveableSubject<unknown> {
  const index = createBm25Index()
  return {
    saveable: index.saveable,
    fill: (keys, round) =>
      index.add(
        keys,
        Array.from(keys, key => textOf(key, round)),
      ),
    remove: keys => index.remove(keys),
    clear: () => index.clear(),
    async answers() {
      const answers: unknown[] = [await index.keys()]
      for (const query of QUERIES) answers.push(await index.match({ ...query, limit: 5, also: keysUpTo(60) }))
      for (const condition of CONDITIONS) {
        const members: number[] = []
        forEachKey(await index.select(condition, within), key => members.push(key))
        answers.push(members)
      }
      return answers
    },
  }
}

describeSaveable('a lexical index', createSubject)

const MANY = 3000
const words = (key: number, round: number) =>
  Array.from({ length: 40 }, (_, i) => `w${(key * 31 + i * 17 + round) % 4000}`).join(' ')

/** Added in batches, so that there are several segments. */
async function filledWithMany(): Promise<Bm25Index> {
  const index = createBm25Index()
  for (let start = 0; start < MANY; start += 250) await index.add(...batch(start, 250, 0))
  return index
}

function batch(start: number, count: number, round: number): [Uint32Array, string[]] {
  const keys = Uint32Array.from({ length: count }, (_, i) => start + i)
  return [keys, Array.from(keys, key => words(key, round))]
}

async function copyOf(saveable: Saveable): Promise<SavedPart[]> {
  const states = await saveable.parts()
  return Promise.all(
    states.map(async state => {
      const bytes = await saveable.readPart(state.name)
      return { ...state, read: async () => bytes.slice() }
    }),
  )
}

function newIn(parts: readonly PartState[], before: readonly PartState[]): string[] {
  const isNew = (part: PartState) =>
    !before.some(({ name, version }) => name === part.name && version === part.version)
  return parts.filter(isNew).map(({ name }) => name)
}

async function expectSame(one: Bm25Index, other: Bm25Index): Promise<void> {
  expect(await one.keys()).toEqual(await other.keys())
  const query = { text: 'w17 w1234 w3 w2500', limit: 30, also: keysUpTo(50) }
  expect(await one.match(query)).toEqual(await other.match(query))
}

describe('the parts of a lexical index', () => {
  it('stay when documents are removed or added, but for the listing and what is new', async () => {
    const index = await filledWithMany()
    const before = await index.saveable.parts()
    await index.remove(Uint32Array.of(5, 1700))
    const removed = await index.saveable.parts()
    expect(newIn(removed, before)).toEqual(['listing'])
    expect((await index.saveable.readPart('listing')).length).toBeLessThan(MANY / 8 + 250)
    await index.add(Uint32Array.of(9000), ['moss'])
    const added = await index.saveable.parts()
    expect(newIn(added, removed).length).toBe(2)
  })

  it('are saved in the midst of a merge, which goes on here and begins again there', async () => {
    const [index, restored] = [createBm25Index(), createBm25Index()]
    for (let start = 0; start < 4000; start += 250) {
      await index.add(...batch(start, 250, 0))
      if (start % 500 === 250) await restored.saveable.restore(await copyOf(index.saveable))
      else await restored.add(...batch(start, 250, 0))
      await expectSame(restored, index)
    }
    // Four segments of 1000, which take longer than one change to merge, and the listing.
    expect((await index.saveable.parts()).length).toBe(5)
    for (let round = 1; round < 12; round++) {
      for (const each of [index, restored]) {
        await each.add(...batch(round * 97, 250, round))
        await each.remove(batch(round * 211, 60, 0)[0])
      }
      await expectSame(restored, index)
    }
  })

  it('are refused when a key lives in two of them', async () => {
    const [one, other, index] = [createBm25Index(), createBm25Index(), createBm25Index()]
    await one.add(Uint32Array.of(1, 2), ['bell', 'tower'])
    await other.add(Uint32Array.of(9), ['moss'])
    await other.add(Uint32Array.of(7), ['owl'])
    const [listing, first, second] = await copyOf(other.saveable)
    const [, foreign] = await copyOf(one.saveable)
    if (!listing || !first || !second || !foreign) throw new Error('expected a listing and segments')
    const twice = [listing, first, { ...second, read: first.read }]
    await expect(index.saveable.restore(twice)).rejects.toThrow('expected each key in one segment, got 9')
    const larger = [listing, first, { ...second, read: foreign.read }]
    await expect(index.saveable.restore(larger)).rejects.toThrow('expected 1 documents in segment')
  })

  it('are refused in versions that no index has given them', async () => {
    const index = await filledWithMany()
    const parts = await copyOf(index.saveable)
    for (const [i, part] of parts.entries()) {
      for (const version of [0, -1, 1.5, Number.NaN, 2 ** 31, 2 ** 53]) {
        const renamed = parts.with(i, { ...part, version })
        await expect(createBm25Index().saveable.restore(renamed)).rejects.toThrow('version')
      }
    }
  })

  it('name the analysis of the words', () => {
    expect(createBm25Index().saveable.format).toMatch(/^belfry words \d+, analysis \d+, words of [1-9a-z-]+$/)
  })
})
