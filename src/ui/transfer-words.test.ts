import { expect, it } from 'vitest'
import { outcomeWords } from './transfer-words.ts'

it('says what an import did, and nothing of what it did not', () => {
  const nothing = { added: 0, skipped: 0, embedded: 0, heads: 0, openings: 0 }
  const words = (counts: object) => outcomeWords({ kind: 'imported', counts: { ...nothing, ...counts } })
  expect(words({ added: 1 })).toBe('Added 1 document.')
  expect(words({ added: 3, skipped: 2, embedded: 1, heads: 1, openings: 4 })).toBe(
    'Added 3 documents. 2 were here already. 1 comes from another model and can be found by meaning soon. Added 1 learned version. Added 4 openings.',
  )
})

it('says what an export holds', () => {
  const counts = { documents: 1, passages: 7, heads: 0, openings: 2 }
  expect(outcomeWords({ kind: 'exported', counts })).toBe('Exported 1 document with 7 passages, 2 openings.')
})
