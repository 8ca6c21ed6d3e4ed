import type { DBSchema } from 'idb'
import type { DocumentId } from '../core/document.ts'
import type { ConflictCopy, SyncEntry, SyncJournal, SyncState } from '../core/ports/sync-journal.ts'
import type { Revision } from '../core/sync/revision.ts'
import { connect } from './idb-connection.ts'

interface SyncSchema extends DBSchema {
  /** One row. */
  state: { key: 'state'; value: SyncState }
  entries: { key: DocumentId; value: SyncEntry }
  copies: {
    key: [id: DocumentId, revision: Revision]
    value: ConflictCopy
    indexes: { keptAt: number }
  }
}

export const SYNC_VERSION = 1

/** About 400 bytes a document, and the copies. */
export function openIdbSyncJournal(name = 'belfry-sync'): SyncJournal {
  const connection = connect<SyncSchema>(name, SYNC_VERSION, db => {
    db.createObjectStore('state')
    db.createObjectStore('entries', { keyPath: 'id' })
    db.createObjectStore('copies', { keyPath: ['id', 'revision'] }).createIndex('keptAt', 'keptAt')
  })

  return {
    state: () => connection.run(db => db.get('state', 'state')),
    keepState: state =>
      connection.run(async db => {
        await db.put('state', state, 'state')
      }),
    entries: () => connection.run(db => db.getAll('entries')),
    put: entries =>
      connection.run(async db => {
        const tx = db.transaction('entries', 'readwrite')
        await Promise.all([...entries.map(entry => tx.store.put(entry)), tx.done])
      }),
    drop: ids =>
      connection.run(async db => {
        const tx = db.transaction('entries', 'readwrite')
        await Promise.all([...ids.map(id => tx.store.delete(id)), tx.done])
      }),
    keepCopy: copy =>
      connection.run(async db => {
        await db.put('copies', copy)
      }),
    copies: () => connection.run(db => db.getAllFromIndex('copies', 'keptAt')),
    dropCopy: (id, revision) => connection.run(db => db.delete('copies', [id, revision])),
    clear: () =>
      connection.run(async db => {
        const tx = db.transaction(['state', 'entries', 'copies'], 'readwrite')
        const stores = (['state', 'entries', 'copies'] as const).map(store => tx.objectStore(store).clear())
        await Promise.all([...stores, tx.done])
      }),
  }
}
