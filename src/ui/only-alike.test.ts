import { expect, it } from 'vitest'
import { type LibraryDocument, parseDocumentId, type SpaceId } from '../core/document.ts'
import { onlyAlike } from './only-alike.ts'

const [a, b, c, d, e] = ['a', 'b', 'c', 'd', 'e'].map(
  (digit): LibraryDocument => ({
    id: parseDocumentId(digit.repeat(64)),
    title: digit,
    name: digit,
    path: digit,
    mediaType: 'text/plain',
    bytes: 1,
    modifiedAt: 0,
    addedAt: 0,
    passageCount: 1,
    firstKey: 0,
    space: 's' as SpaceId,
  }),
) as [LibraryDocument, LibraryDocument, LibraryDocument, LibraryDocument, LibraryDocument]

const alike = new Map([
  [a.id, [d]],
  [d.id, [a, e]],
  [e.id, [d]],
])

it('lists each of those that are like others once, beside them, and leaves the rest out', () => {
  expect(onlyAlike([a, b, c, d, e], alike)).toEqual([a, d, e])
  expect(onlyAlike([e, d, c, a, b], alike)).toEqual([e, d, a])
})

it('keeps to what it was given', () => {
  expect(onlyAlike([b, d], alike)).toEqual([d])
})
