import { expect, test } from '@playwright/test'
import { drive, type Outcome } from './kills/drive.ts'
import { planKills } from './kills/plan.ts'
import { problemsOf, type Stored } from './kills/stored.ts'

const WHOLE: Stored = {
  documents: [
    { id: 'a', name: 'a.md', firstKey: 1, passageCount: 2 },
    { id: 'b', name: 'b.md', firstKey: 3, passageCount: 1 },
  ],
  contents: { a: { passages: 2, end: 10 }, b: { passages: 1, end: 5 } },
  texts: { a: 10, b: 6 },
  vectors: { a: 8, b: 4 },
  nextKey: 4,
}

test.describe('the look at a library after a kill', () => {
  test('finds nothing wrong with a whole one', () => {
    expect(problemsOf(WHOLE, ['a.md'], 4)).toEqual([])
  })

  const [a, b] = WHOLE.documents as [Stored['documents'][number], Stored['documents'][number]]
  const damages: Record<string, Partial<Stored>> = {
    'a document without contents': { contents: { a: { passages: 2, end: 10 } } },
    'a document with a passage too few': {
      contents: { ...WHOLE.contents, a: { passages: 1, end: 10 } },
    },
    'a text that ends too early': { texts: { a: 9, b: 6 } },
    'a vector too few': { vectors: { a: 4, b: 4 } },
    'vectors without a document': { vectors: { a: 8, b: 4, c: 4 } },
    'a key given twice': { documents: [a, { ...b, firstKey: 2 }] },
    'a key that will be given twice': { nextKey: 3 },
    'a file stored twice': { documents: [a, { ...b, name: 'a.md' }] },
    'a document that was shown and is gone': { documents: [a], contents: {}, texts: {}, vectors: {} },
  }
  for (const [what, damage] of Object.entries(damages)) {
    test(`finds ${what}`, () => {
      expect(problemsOf({ ...WHOLE, ...damage }, ['b.md'], 4)).not.toEqual([])
    })
  }
})

test('kills are planned by seed, and every victim has its turn', () => {
  expect(planKills(6, 1)).toEqual(planKills(6, 1))
  expect(planKills(6, 1)).not.toEqual(planKills(6, 2))
  const victims = planKills(6, 1).map(({ victim }) => victim)
  expect(victims.toSorted()).toEqual(['browser', 'browser', 'tab', 'tab', 'worker', 'worker'])
})

test('no kill of tab, worker or browser loses, halves or doubles a document', async ({ baseURL }, info) => {
  test.setTimeout(480_000)
  const outcomes: Outcome[] = []
  // Each victim once; e2e/kills/run.ts is for hundreds.
  const options = { kills: 3, seed: 4, address: `${baseURL}/`, folder: info.outputPath(), files: 5 }
  await drive(options, outcome => outcomes.push(outcome))
  expect(outcomes.flatMap(({ problems }) => problems)).toEqual([])
  expect(outcomes).toHaveLength(4)
  expect(outcomes.at(-1)?.stored).toBe(3 * 5)
})
