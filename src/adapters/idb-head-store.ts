import type { DBSchema } from 'idb'
import type { HeadStore, HeadVersion } from '../core/ports/learning.ts'
import { connect } from './idb-connection.ts'

interface HeadSchema extends DBSchema {
  versions: { key: [tower: string, number: number]; value: HeadVersion }
  /** The number in use, by tower. */
  inUse: { key: string; value: number }
}

export const HEADS_VERSION = 1

/** Learned heads, 256 KB each for 256 dimensions. */
export function openIdbHeadStore(name = 'belfry-heads'): HeadStore {
  const connection = connect<HeadSchema>(name, HEADS_VERSION, db => {
    db.createObjectStore('versions', { keyPath: ['tower', 'number'] })
    db.createObjectStore('inUse')
  })

  return {
    towers: () =>
      connection.run(async db => {
        const keys = await db.getAllKeys('versions')
        return [...new Set(keys.map(([tower]) => tower))]
      }),
    versions: tower => connection.run(db => db.getAll('versions', allOf(tower))),
    keep: (version, use = true) =>
      connection.run(async db => {
        const tx = db.transaction(['versions', 'inUse'], 'readwrite')
        const number = (await tx.objectStore('versions').count(allOf(version.tower))) + 1
        const numbered = { ...version, number }
        await Promise.all([
          tx.objectStore('versions').put(numbered),
          use && tx.objectStore('inUse').put(number, version.tower),
          tx.done,
        ])
        return numbered
      }),
    inUse: tower => connection.run(async db => (await db.get('inUse', tower)) ?? 0),
    use: (tower, number) =>
      connection.run(async db => {
        await db.put('inUse', number, tower)
      }),
  }
}

function allOf(tower: string): IDBKeyRange {
  return IDBKeyRange.bound([tower, 0], [tower, Infinity])
}
