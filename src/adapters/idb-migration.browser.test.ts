import { openDB } from 'idb'
import { beforeEach, expect, it } from 'vitest'
import { parseDocumentId, type SpaceId } from '../core/document.ts'
import { connect, type Upgrading } from './idb-connection.ts'
import { openIdbLibrary } from './idb-library.ts'
import { LIBRARY_VERSION, type LibrarySchema, migrateLibrary } from './idb-schema.ts'

const id = (digit: string) => parseDocumentId(digit.repeat(64))
const document = (digit: string) => ({
  id: id(digit),
  title: `Bread ${digit}`,
  name: `${digit}.md`,
  path: `${digit}.md`,
  mediaType: 'text/markdown',
  bytes: 5,
  modifiedAt: 1,
  addedAt: 1,
  passageCount: 1,
  space: 'space' as SpaceId,
})
const contents = { text: 'Bread', passages: [{ start: 0, end: 5, trail: [] }] }

let name = ''
beforeEach(async () => {
  name = `migration-test-${crypto.randomUUID()}`
  const library = openIdbLibrary(name)
  for (const digit of ['a', 'b', 'c']) await library.put(document(digit), contents, Float32Array.of(1, 0))
  await library.close()
})

/** A made-up next version: another form of every row, and a store that is filled from them. */
async function rewriteRows(tx: Upgrading<LibrarySchema>): Promise<void> {
  for await (const cursor of tx.objectStore('documents')) {
    await cursor.update({ ...cursor.value, title: cursor.value.title.toUpperCase() })
    await tx.objectStore('meta').put(cursor.value.bytes, `bytes ${cursor.value.name}`)
  }
}

function openNext(last?: () => never) {
  return connect<LibrarySchema>(name, LIBRARY_VERSION + 1, async (db, from, tx) => {
    migrateLibrary(db, from)
    if (from >= LIBRARY_VERSION + 1) return
    await rewriteRows(tx)
    db.deleteObjectStore('vectors')
    last?.()
  })
}

it('rewrites every row in a step of a migration', async () => {
  const next = openNext()
  const titles = await next.run(async db => (await db.getAll('documents')).map(({ title }) => title))
  expect(titles).toEqual(['BREAD A', 'BREAD B', 'BREAD C'])
  expect(await next.run(db => db.get('meta', 'bytes c.md'))).toBe(5)
  expect(await next.run(async db => [...db.objectStoreNames])).not.toContain('vectors')
  await next.close()
})

it('leaves a library as it was, in its version, when a step fails after it has rewritten rows', async () => {
  const failing = openNext(() => {
    throw new Error('expected a title, got none')
  })
  await expect(failing.run(db => db.getAll('documents'))).rejects.toMatchObject({
    name: 'StorageUnavailable',
    message: expect.stringContaining('expected a title, got none'),
  })
  const library = openIdbLibrary(name)
  const loaded = await library.load(['a', 'b', 'c'].map(id))
  expect(loaded.map(stored => stored.document.title)).toEqual(['Bread a', 'Bread b', 'Bread c'])
  expect(loaded.map(stored => stored.vectors.length)).toEqual([2, 2, 2])
  await library.close()
})

it('says that the disk is full when a step of a migration finds it full', async () => {
  const failing = openNext(() => {
    throw new DOMException('no space', 'QuotaExceededError')
  })
  await expect(failing.run(db => db.getAll('documents'))).rejects.toMatchObject({ name: 'StorageFull' })
  const present = await openDB(name)
  expect(present.version).toBe(LIBRARY_VERSION)
  present.close()
})
