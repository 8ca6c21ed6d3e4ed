import type { DBSchema } from 'idb'
import { type Interaction, mergeInteractions } from '../core/interaction.ts'
import type { InteractionLog } from '../core/ports/learning.ts'
import { connect } from './idb-connection.ts'

interface LogSchema extends DBSchema {
  /** Keys count up, so the smallest are the oldest. */
  entries: { key: number; value: Interaction }
  settings: { key: string; value: boolean }
}

export const LOG_VERSION = 1

const ON = 'on'

/** About 5 MB at most: an entry names up to sixty passages. */
const CAPACITY = 5000

/** The log in a database of its own, so that it can be cleared, and kept, apart from the library. */
export function openIdbInteractionLog(name = 'belfry-log', capacity = CAPACITY): InteractionLog {
  const connection = connect<LogSchema>(name, LOG_VERSION, db => {
    db.createObjectStore('entries', { autoIncrement: true })
    db.createObjectStore('settings')
  })

  return {
    append: entry =>
      connection.run(async db => {
        const tx = db.transaction('entries', 'readwrite')
        await tx.store.put(entry)
        let excess = (await tx.store.count()) - capacity
        for (let oldest = await tx.store.openCursor(); oldest !== null && excess > 0; excess--) {
          await oldest.delete()
          oldest = await oldest.continue()
        }
        await tx.done
      }),
    merge: more =>
      connection.run(async db => {
        const tx = db.transaction('entries', 'readwrite')
        const merged = mergeInteractions(await tx.store.getAll(), more)
        await Promise.all([
          tx.store.clear(),
          ...merged.slice(-capacity).map(entry => tx.store.put(entry)),
          tx.done,
        ])
      }),
    all: () => connection.run(db => db.getAll('entries')),
    size: () => connection.run(db => db.count('entries')),
    clear: () => connection.run(db => db.clear('entries')),
    isOn: () => connection.run(async db => (await db.get('settings', ON)) ?? true),
    turn: on =>
      connection.run(async db => {
        await db.put('settings', on, ON)
      }),
  }
}
