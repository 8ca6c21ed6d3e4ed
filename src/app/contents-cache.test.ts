import { expect, it } from 'vitest'
import { createMemoryLibrary } from '../adapters/memory-library.ts'
import { type DocumentId, parseDocumentId, type SpaceId } from '../core/document.ts'
import { createContentsCache } from './contents-cache.ts'

const idOf = (n: number) => parseDocumentId(String(n).padStart(64, '0'))

/** A library of texts of ten units each that counts what is read from it. */
async function counted() {
  const library = createMemoryLibrary()
  for (const n of [1, 2, 3]) {
    const document = {
      id: idOf(n),
      title: '',
      name: '',
      path: '',
      mediaType: 'text/plain',
      bytes: 1,
      modifiedAt: 0,
      addedAt: 0,
      passageCount: 0,
      space: 's' as SpaceId,
    }
    await library.put(document, { text: String(n).repeat(10), passages: [] }, new Float32Array())
  }
  const reads: DocumentId[] = []
  const contents: typeof library.contents = ids => {
    reads.push(...ids)
    return library.contents(ids)
  }
  return { library: { ...library, contents }, reads }
}

it('reads a document once', async () => {
  const { library, reads } = await counted()
  const cache = createContentsCache(library)
  await cache.read([idOf(1)])
  const again = await cache.read([idOf(1), idOf(2)])
  expect([...again.values()].map(({ text }) => text)).toEqual(['1111111111', '2222222222'])
  expect(reads).toEqual([idOf(1), idOf(2)])
})

it('forgets the least recently used beyond its capacity', async () => {
  const { library, reads } = await counted()
  const cache = createContentsCache(library, 20)
  await cache.read([idOf(1)])
  await cache.read([idOf(2)])
  await cache.read([idOf(1)])
  await cache.read([idOf(3)])
  await cache.read([idOf(1)])
  await cache.read([idOf(2)])
  expect(reads).toEqual([idOf(1), idOf(2), idOf(3), idOf(2)])
})

it('answers whole even when one answer exceeds its capacity', async () => {
  const { library } = await counted()
  const cache = createContentsCache(library, 5)
  expect((await cache.read([idOf(1), idOf(2), idOf(3)])).size).toBe(3)
})

it('leaves out what the library does not have', async () => {
  const { library } = await counted()
  expect((await createContentsCache(library).read([idOf(9)])).size).toBe(0)
})

it('reads anew after it was told to forget', async () => {
  const { library, reads } = await counted()
  const cache = createContentsCache(library)
  await cache.read([idOf(1)])
  cache.forget()
  await cache.read([idOf(1)])
  expect(reads).toHaveLength(2)
})
