import { describe, expect, it } from 'vitest'
import type { Snapshot, SnapshotStore } from '../core/ports/snapshots.ts'
import type { PartState, Saveable } from '../core/snapshot.ts'

/** Something to save: parts by name, each of some bytes. Setting one gives it a new version. */
export function createNotebook(format = 'notebook 1') {
  const pages = new Map<string, { version: number; bytes: Uint8Array<ArrayBuffer> }>()
  let changes = 0
  let restored: string[] = []
  const saveable: Saveable = {
    format,
    parts: async () => Array.from(pages, ([name, { version }]): PartState => ({ name, version })),
    readPart: async name => pages.get(name)?.bytes.slice() ?? new Uint8Array(),
    async restore(parts) {
      restored = await Promise.all(parts.map(async part => `${part.name}: ${(await part.read()).join(' ')}`))
    },
  }
  return {
    saveable,
    set: (name: string, ...bytes: number[]) =>
      void pages.set(name, { version: ++changes, bytes: Uint8Array.from(bytes) }),
    delete: (name: string) => void pages.delete(name),
    restored: () => restored,
  }
}

export async function pagesOf(snapshot: Snapshot | undefined): Promise<string[]> {
  const notebook = createNotebook()
  await notebook.saveable.restore(snapshot?.parts ?? [])
  return notebook.restored()
}

/** What every `SnapshotStore` promises. */
export function runSnapshotStoreSuite(name: string, create: () => SnapshotStore): void {
  describe(`snapshots over ${name}`, () => {
    it('has nothing under a name that was never saved', async () => {
      const store = create()
      expect(await store.open('words')).toBeUndefined()
      expect(await store.size()).toBe(0)
      await store.drop('words')
    })

    it('gives back what was saved last, by name', async () => {
      const store = create()
      const [one, other] = [createNotebook(), createNotebook('another format')]
      one.set('a', 1, 2, 3)
      other.set('a', 9)
      await store.save('one', one.saveable, undefined)
      await store.save('other', other.saveable, undefined)
      expect(await pagesOf(await store.open('one'))).toEqual(['a: 1 2 3'])
      expect((await store.open('other'))?.format).toBe('another format')
      expect(await store.size()).toBe(4)
      await store.drop('one')
      expect(await store.open('one')).toBeUndefined()
      expect(await pagesOf(await store.open('other'))).toEqual(['a: 9'])
    })

    it('keeps up with parts that change, come and go, in their order and with their versions', async () => {
      const store = create()
      const notebook = createNotebook()
      notebook.set('a', 1)
      notebook.set('b', 2)
      const first = await store.save('notes', notebook.saveable, undefined)
      notebook.set('b', 3)
      notebook.delete('a')
      notebook.set('c', 4, 5)
      await store.save('notes', notebook.saveable, first)
      const opened = await store.open('notes')
      expect(await pagesOf(opened)).toEqual(['b: 3', 'c: 4 5'])
      expect(opened?.parts.map(({ version }) => version)).toEqual([3, 4])
      expect(await store.size()).toBe(3)
    })

    it('goes on from a snapshot that was opened', async () => {
      const store = create()
      const notebook = createNotebook()
      notebook.set('a', 1)
      notebook.set('b', 2)
      await store.save('notes', notebook.saveable, undefined)
      notebook.set('b', 3)
      await store.save('notes', notebook.saveable, await store.open('notes'))
      expect(await pagesOf(await store.open('notes'))).toEqual(['a: 1', 'b: 3'])
    })

    it('is whole when another has saved meanwhile', async () => {
      const store = create()
      const [mine, theirs] = [createNotebook(), createNotebook()]
      for (const notebook of [mine, theirs]) {
        notebook.set('a', 1)
        notebook.set('b', 2)
      }
      const base = await store.save('notes', mine.saveable, undefined)
      theirs.set('a', 7)
      await store.save('notes', theirs.saveable, undefined)
      mine.set('b', 3)
      await store.save('notes', mine.saveable, base)
      expect(await pagesOf(await store.open('notes'))).toEqual(['a: 1', 'b: 3'])
    })
  })
}
