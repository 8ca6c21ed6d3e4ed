import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createCatalogue, keysOf } from './catalogue.ts'
import { type LibraryDocument, parseDocumentId, type SpaceId } from './document.ts'

function documentWith(n: number, firstKey: number, passageCount: number): LibraryDocument {
  return {
    id: parseDocumentId(n.toString(16).padStart(64, '0')),
    title: String(n),
    name: `${n}.txt`,
    path: `${n}.txt`,
    mediaType: 'text/plain',
    bytes: 1,
    modifiedAt: 0,
    addedAt: 0,
    passageCount,
    firstKey,
    space: 's' as SpaceId,
  }
}

describe('catalogue', () => {
  it('finds the passage of each key, and nothing for a key that nobody has', () => {
    const catalogue = createCatalogue()
    const document = documentWith(1, 10, 3)
    catalogue.set(document)
    expect([9, 10, 12, 13].map(key => catalogue.find(key)?.passage)).toEqual([undefined, 0, 2, undefined])
    expect([...keysOf(document)]).toEqual([10, 11, 12])
  })

  it('agrees with a plain list over any sequence of changes', () => {
    const change = fc.record({
      id: fc.integer({ min: 0, max: 9 }),
      passages: fc.integer({ min: 0, max: 4 }),
      gone: fc.boolean(),
    })
    fc.assert(
      fc.property(fc.array(change, { maxLength: 60 }), changes => {
        const catalogue = createCatalogue()
        const plain = new Map<string, LibraryDocument>()
        let nextKey = 1
        for (const { id, passages, gone } of changes) {
          const document = documentWith(id, nextKey, passages)
          nextKey += Math.max(1, passages)
          if (gone) {
            catalogue.delete(document.id)
            plain.delete(document.id)
          } else {
            catalogue.set(document)
            plain.set(document.id, document)
          }
        }
        const documents = [...plain.values()].toSorted((a, b) => a.firstKey - b.firstKey)
        expect(catalogue.documents()).toEqual(documents)
        expect(catalogue.size).toBe(documents.length)
        expect(catalogue.passageCount).toBe(documents.reduce((sum, d) => sum + d.passageCount, 0))
        for (let key = 0; key < nextKey + 2; key++) {
          const owner = documents.find(d => key >= d.firstKey && key < d.firstKey + d.passageCount)
          expect(catalogue.find(key)?.document).toBe(owner)
        }
      }),
      { seed: 7, numRuns: 200 },
    )
  })
})
