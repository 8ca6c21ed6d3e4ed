import { describe, expect, it } from 'vitest'
import type { ModelStore } from '../core/ports/model-files.ts'

/** The promises of the `ModelStore` port; `open` gives an empty one. */
export function runModelStoreSuite(name: string, open: () => Promise<ModelStore>): void {
  describe(`model store: ${name}`, () => {
    it('has nothing at first', async () => {
      const store = await open()
      expect(await store.get('a1')).toBeUndefined()
      expect(await store.manifest()).toBeUndefined()
    })

    it('gives back the bytes of each file', async () => {
      const store = await open()
      await store.put('a1', Uint8Array.of(1, 2, 3))
      await store.put('b2', new Uint8Array(0))
      expect(await store.size()).toBe(3)
      expect(await store.get('a1')).toEqual(Uint8Array.of(1, 2, 3))
      expect(await store.get('b2')).toEqual(new Uint8Array(0))
    })

    it('replaces a file', async () => {
      const store = await open()
      await store.put('a1', Uint8Array.of(1))
      await store.put('a1', Uint8Array.of(2))
      expect(await store.get('a1')).toEqual(Uint8Array.of(2))
    })

    it('stores the part of a buffer that it was given, and no more', async () => {
      const store = await open()
      await store.put('a1', Uint8Array.of(9, 8, 7, 6).subarray(1, 3))
      expect(await store.get('a1')).toEqual(Uint8Array.of(8, 7))
    })

    it('deletes, also what is not there', async () => {
      const store = await open()
      await store.put('a1', Uint8Array.of(1))
      await store.delete('a1')
      await store.delete('a1')
      expect(await store.get('a1')).toBeUndefined()
    })

    it('keeps only the files that are named', async () => {
      const store = await open()
      for (const sha256 of ['a1', 'b2', 'c3']) await store.put(sha256, Uint8Array.of(1))
      await store.keepOnly(['b2', 'd4'])
      expect(await store.get('a1')).toBeUndefined()
      expect(await store.get('b2')).toEqual(Uint8Array.of(1))
      expect(await store.get('c3')).toBeUndefined()
    })

    it('keeps the newest manifest', async () => {
      const store = await open()
      await store.keepManifest({ version: 1 })
      await store.keepManifest({ version: 2 })
      expect(await store.manifest()).toEqual({ version: 2 })
    })
  })
}
