import { expect, it } from 'vitest'
import { createMemoryLibrary } from '../adapters/memory-library.ts'
import { type PassageAddress, parseDocumentId, type SpaceId } from '../core/document.ts'
import { createPassageCache } from './passage-cache.ts'

const at = (n: number): PassageAddress => ({ id: parseDocumentId('1'.padStart(64, '0')), passage: n })

/** A library of one document with the passages 0 to 8 that records what is read from it. */
async function recorded() {
  const library = createMemoryLibrary()
  const passages = Array.from({ length: 9 }, (_, i) => ({ start: i, end: i + 1, trail: [] }))
  const document = {
    id: at(0).id,
    title: '',
    name: '',
    path: '',
    mediaType: 'text/plain',
    bytes: 1,
    modifiedAt: 0,
    addedAt: 0,
    passageCount: 9,
    space: 's' as SpaceId,
  }
  await library.put(document, { text: '012345678', passages }, new Float32Array(9))
  const reads: number[] = []
  const read: typeof library.passages = addresses => {
    reads.push(...addresses.map(({ passage }) => passage))
    return library.passages(addresses)
  }
  return { library: { ...library, passages: read }, reads }
}

it('reads a passage once', async () => {
  const { library, reads } = await recorded()
  const cache = createPassageCache(library)
  await cache.read([at(1)])
  const again = await cache.read([at(2), at(1)])
  expect(again.map(passage => passage?.text)).toEqual(['2', '1'])
  expect(reads).toEqual([1, 2])
})

it('forgets the least recently used beyond its capacity', async () => {
  const { library, reads } = await recorded()
  const cache = createPassageCache(library, 2)
  for (const n of [1, 2, 1, 3, 1, 2]) await cache.read([at(n)])
  expect(reads).toEqual([1, 2, 3, 2])
})

it('answers whole even when one answer exceeds its capacity', async () => {
  const { library } = await recorded()
  const found = await createPassageCache(library, 1).read([at(1), at(2), at(3)])
  expect(found.map(passage => passage?.text)).toEqual(['1', '2', '3'])
})

it('says what the library does not have', async () => {
  const { library } = await recorded()
  expect(await createPassageCache(library).read([at(9)])).toEqual([undefined])
})

it('reads anew after it was told to forget', async () => {
  const { library, reads } = await recorded()
  const cache = createPassageCache(library)
  await cache.read([at(1)])
  cache.forget()
  await cache.read([at(1)])
  expect(reads).toEqual([1, 1])
})
