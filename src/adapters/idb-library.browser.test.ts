import { deleteDB, openDB } from 'idb'
import { expect, it, vi } from 'vitest'
import { parseDocumentId, type SpaceId } from '../core/document.ts'
import { openIdbLibrary } from './idb-library.ts'
import { LIBRARY_VERSION } from './idb-schema.ts'
import { runLibrarySuite } from './library.suite.ts'
import { refuseWrite } from './refuse-write.suite.ts'

let count = 0
const freshName = () => `library-test-${++count}-${crypto.randomUUID()}`

runLibrarySuite('IndexedDB', async () => openIdbLibrary(freshName()))

const document = {
  id: parseDocumentId('a'.repeat(64)),
  title: 'Bread',
  name: 'bread.md',
  path: 'bread.md',
  mediaType: 'text/markdown',
  bytes: 5,
  modifiedAt: 1,
  addedAt: 1,
  passageCount: 1,
  space: 'space' as SpaceId,
}
const contents = { text: 'Bread', passages: [{ start: 0, end: 5, trail: [] }] }

it('keeps everything when it is opened again', async () => {
  const name = freshName()
  const first = openIdbLibrary(name)
  const stored = await first.put(document, contents, Float32Array.of(1, 0))
  await first.close()
  const [loaded] = await openIdbLibrary(name).load([document.id])
  expect(loaded).toEqual({ document: stored, contents, vectors: Float32Array.of(1, 0) })
})

it('stores nothing of a document when one of its rows is refused', async () => {
  const library = openIdbLibrary(freshName())
  const uncloneable = { ...document, title: (() => 'no') as unknown as string }
  await expect(library.put(uncloneable, contents, Float32Array.of(1, 0))).rejects.toThrow()
  expect(await library.documents()).toEqual([])
  expect(await library.contents(document.id)).toBeUndefined()
  const stored = await library.put(document, contents, Float32Array.of(1, 0))
  expect(stored.firstKey).toBe(1)
})

it('gives way to a newer version in another tab, says so, and is too old from then on', async () => {
  const name = freshName()
  const superseded = vi.fn()
  const library = openIdbLibrary(name, { superseded })
  await library.documents()
  const newer = await openDB(name, LIBRARY_VERSION + 1)
  newer.close()
  expect(superseded).toHaveBeenCalledOnce()
  await expect(library.documents()).rejects.toMatchObject({ name: 'NewerBelfry' })
})

it('gives way to a tab that deletes it, and begins anew', async () => {
  const name = freshName()
  const superseded = vi.fn()
  const library = openIdbLibrary(name, { superseded })
  await library.put(document, contents, Float32Array.of(1, 0))
  await deleteDB(name)
  expect(await library.documents()).toEqual([])
  expect(superseded).not.toHaveBeenCalled()
})

it('opens again when the browser has closed its connection', async () => {
  const library = openIdbLibrary(freshName())
  await library.put(document, contents, Float32Array.of(1, 0))
  await library.close()
  expect(await library.documents()).toHaveLength(1)
})

it('stores all of a document or nothing, whichever write the full disk refuses', async () => {
  const library = openIdbLibrary(freshName())
  for (let n = 0; ; n++) {
    const refusal = refuseWrite(n)
    const stored = await library
      .put(document, contents, Float32Array.of(1, 0))
      .catch((error: unknown) => error)
    refusal.stop()
    if (!refusal.happened()) break
    expect(stored).toMatchObject({ name: 'StorageFull' })
    expect(await library.documents()).toEqual([])
    expect(await library.load([document.id])).toEqual([])
    expect(await library.contents(document.id)).toBeUndefined()
  }
  expect(await library.load([document.id])).toHaveLength(1)
})
