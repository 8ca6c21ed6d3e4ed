import { openDB } from 'idb'
import { expect, it } from 'vitest'
import { codeOf } from '../core/errors.ts'
import { openIdbSnapshots } from './idb-snapshots.ts'
import { refuseWrite } from './refuse-write.suite.ts'
import { createNotebook, pagesOf, runSnapshotStoreSuite } from './snapshot-store.suite.ts'

const freshName = () => `snapshots-test-${crypto.randomUUID()}`

runSnapshotStoreSuite('IndexedDB', () => openIdbSnapshots(freshName()))

function notebookOf(...pages: readonly string[]) {
  const notebook = createNotebook()
  for (const [i, page] of pages.entries()) notebook.set(page, i, i, i)
  return notebook
}

it('writes only the parts that have changed', async () => {
  const store = openIdbSnapshots(freshName())
  const notebook = notebookOf('a', 'b', 'c')
  const read: string[] = []
  const source = {
    ...notebook.saveable,
    readPart: (name: string) => {
      read.push(name)
      return notebook.saveable.readPart(name)
    },
  }
  const first = await store.save('notes', source, undefined)
  notebook.set('b', 9)
  const second = await store.save('notes', source, first)
  expect(await store.save('notes', source, second)).toBe(second)
  expect(read).toEqual(['a', 'b', 'c', 'b'])
})

it('leaves the snapshot as it was when any write of a save fails, and no bytes behind at the next', async () => {
  const name = freshName()
  const store = openIdbSnapshots(name)
  const notebook = notebookOf('a', 'b', 'c')
  let base = await store.save('notes', notebook.saveable, undefined)
  const before = await pagesOf(base)
  let failures = 0
  for (let n = 0; ; n++) {
    notebook.set('b', 10 + n)
    notebook.set('d', 20 + n)
    const refusal = refuseWrite(n)
    const thrown: unknown = await store
      .save('notes', notebook.saveable, base)
      .then(
        () => undefined,
        (error: unknown) => error,
      )
      .finally(refusal.stop)
    if (!refusal.happened()) break
    failures++
    expect(codeOf(thrown)).toBe('StorageFull')
    expect(await pagesOf(await store.open('notes'))).toEqual(before)
    base = (await store.open('notes')) ?? base
  }
  expect(failures).toBe(3)
  expect(await partCount(name)).toBe(4)
})

it('tells a damaged part and a damaged header from whole ones', async () => {
  const name = freshName()
  const store = openIdbSnapshots(name)
  await store.save('notes', notebookOf('a', 'b').saveable, undefined)
  const db = await openDB(name, 1)
  const [key] = await db.getAllKeys('parts')
  await db.put('parts', Uint8Array.of(1, 2, 3), key)
  const opened = await store.open('notes')
  const readings = await Promise.allSettled(opened?.parts.map(part => part.read()) ?? [])
  expect(readings.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected'])
  const header = (await db.get('headers', 'notes')) as { json: string }
  await db.put('headers', { ...header, json: header.json.replace('"a"', '"x"') }, 'notes')
  expect(await store.open('notes')).toBeUndefined()
  db.close()
})

it('saves a source again that changes while it is copied, and gives up on one that does not rest', async () => {
  const store = openIdbSnapshots(freshName())
  const notebook = notebookOf('a')
  let restless = 1
  const source = {
    ...notebook.saveable,
    readPart: (name: string) => {
      if (restless-- > 0) notebook.set('a', 40 + restless)
      return notebook.saveable.readPart(name)
    },
  }
  await store.save('notes', source, undefined)
  expect(await pagesOf(await store.open('notes'))).toEqual(['a: 40'])
  restless = 100
  await expect(store.save('notes', source, undefined)).rejects.toThrow('changed 3 times')
  expect(await pagesOf(await store.open('notes'))).toEqual(['a: 40'])
})

async function partCount(name: string): Promise<number> {
  const db = await openDB(name, 1)
  const count = await db.count('parts')
  db.close()
  return count
}
