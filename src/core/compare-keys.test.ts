import fc from 'fast-check'
import { expect, it } from 'vitest'
import { keysOf } from './catalogue.ts'
import { compareKeys } from './compare-keys.ts'
import type { LibraryDocument } from './document.ts'

const sizes = fc.array(fc.record({ gap: fc.nat(3), passageCount: fc.nat(4) }), { maxLength: 8 })

function documentsOf(of: readonly { gap: number; passageCount: number }[]): LibraryDocument[] {
  let next = 1
  return of.map(({ gap, passageCount }) => {
    const firstKey = next + gap
    next = firstKey + Math.max(1, passageCount)
    return { firstKey, passageCount } as LibraryDocument
  })
}

it('finds what a plain comparison finds', () => {
  fc.assert(
    fc.property(sizes, fc.uniqueArray(fc.nat(50), { maxLength: 50 }), (of, some) => {
      const documents = documentsOf(of)
      const keys = Uint32Array.from(some).toSorted()
      const wanted = new Set(documents.flatMap(document => [...keysOf(document)]))
      const { gone, complete } = compareKeys(documents, keys)
      expect([...gone]).toEqual([...keys].filter(key => !wanted.has(key)))
      expect([...complete]).toEqual(
        documents.filter(document => keysOf(document).every(key => keys.includes(key))),
      )
    }),
  )
})
