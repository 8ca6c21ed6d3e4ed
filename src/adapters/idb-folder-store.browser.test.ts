import { describe, expect, it } from 'vitest'
import { runFolderStoreSuite } from './folder-store.suite.ts'
import { openIdbFolderStore } from './idb-folder-store.ts'

const open = () => openIdbFolderStore(`folders-test-${crypto.randomUUID()}`)

runFolderStoreSuite('IndexedDB', open)

describe('folders in IndexedDB', () => {
  it('can still be read when they are had back', async () => {
    const root = await navigator.storage.getDirectory()
    const handle = await root.getDirectoryHandle('kept', { create: true })
    const store = open()
    await store.put({ id: 'a', name: 'kept', handle, addedAt: 1 })
    const [kept] = await store.folders()
    expect(kept?.handle).toBeInstanceOf(FileSystemDirectoryHandle)
    expect(await handle.isSameEntry(kept?.handle as FileSystemDirectoryHandle)).toBe(true)
  })
})
