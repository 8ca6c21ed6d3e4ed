import { describe, expect, it } from 'vitest'
import { parseDocumentId } from '../core/document.ts'
import type { FolderFile, RememberedFolder } from '../core/folder-state.ts'
import type { FolderStore } from '../core/ports/folders.ts'

const folder = (id: string, addedAt: number): RememberedFolder => ({
  id,
  name: `folder ${id}`,
  handle: { kind: 'directory', name: `folder ${id}` },
  addedAt,
})

const file = (path: string, bytes = 1): FolderFile => ({
  path,
  bytes,
  modifiedAt: 5,
  documents: [parseDocumentId('a'.repeat(64))],
})

export function runFolderStoreSuite(name: string, open: () => FolderStore): void {
  describe(`folders in ${name}`, () => {
    it('are kept in the order in which they were remembered, also when one is looked at', async () => {
      const store = open()
      await store.put(folder('b', 1))
      await store.put(folder('a', 2))
      await store.put({ ...folder('b', 1), lookedAt: 9 })
      expect(await store.folders()).toEqual([{ ...folder('b', 1), lookedAt: 9 }, folder('a', 2)])
    })

    it('keep what is noted of their files, the newest of each', async () => {
      const store = open()
      await store.put(folder('a', 1))
      await store.put(folder('ab', 2))
      await store.note('a', [file('a/2'), file('a/1')])
      await store.note('ab', [file('ab/1')])
      await store.note('a', [{ ...file('a/2', 7), gone: true }])
      expect(await store.files('a')).toEqual([file('a/1'), { ...file('a/2', 7), gone: true }])
      await store.dropFiles('a', ['a/1', 'a/none'])
      expect(await store.files('a')).toHaveLength(1)
      expect(await store.files('ab')).toEqual([file('ab/1')])
    })

    it('take their files with them when they are forgotten, and nothing is noted of them then', async () => {
      const store = open()
      await store.put(folder('a', 1))
      await store.put(folder('ab', 2))
      await store.note('a', [file('a/1')])
      await store.note('ab', [file('ab/1')])
      await store.forget('a')
      await store.note('a', [file('a/2')])
      expect(await store.folders()).toEqual([folder('ab', 2)])
      expect(await store.files('a')).toEqual([])
      expect(await store.files('ab')).toHaveLength(1)
      await store.clear()
      expect([...(await store.folders()), ...(await store.files('ab'))]).toEqual([])
    })
  })
}
