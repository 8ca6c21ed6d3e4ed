/** Our word index, asked as the page asks it while somebody types. */
import { openIdbSnapshots } from '../../src/adapters/idb-snapshots.ts'
import { createBm25Index } from '../../src/core/lexical/bm25-index.ts'
import type { WordMethod } from './word-method.ts'

/** Passages that the page adds at a time. */
const SLICE = 256
const SNAPSHOT = 'words'

export function createOwnWords(): WordMethod {
  let index = createBm25Index()
  return {
    async add(keys, texts) {
      for (let from = 0; from < keys.length; from += SLICE) {
        await index.add(Uint32Array.from(keys.slice(from, from + SLICE)), texts.slice(from, from + SLICE))
      }
    },
    async search(kind, text, limit) {
      const typing = kind !== 'words'
      const { keys, found } = await index.match({ text, limit, typing, corrected: kind === 'typo' })
      return [...keys.subarray(0, found)]
    },
    async save() {
      const snapshots = openIdbSnapshots()
      await snapshots.save(SNAPSHOT, index.saveable, undefined)
      await snapshots.close()
      return undefined
    },
    async load() {
      index = createBm25Index()
      const snapshots = openIdbSnapshots()
      const snapshot = await snapshots.open(SNAPSHOT)
      if (snapshot === undefined) throw new Error('expected a snapshot, found none')
      await index.saveable.restore(snapshot.parts)
      await snapshots.close()
    },
    bytes: () => index.bytes(),
  }
}
