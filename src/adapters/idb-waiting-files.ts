import type { DBSchema } from 'idb'
import type { WaitingFile, WaitingFiles } from '../core/ports.ts'
import { connect } from './idb-connection.ts'

interface WaitingSchema extends DBSchema {
  files: { key: [tab: string, ticket: number]; value: WaitingFile & { readonly tab: string } }
}

export const WAITING_VERSION = 1

/** A database of its own, so that a note is never in the way of a document. */
export function openIdbWaitingFiles(name = 'belfry-waiting'): WaitingFiles {
  const connection = connect<WaitingSchema>(name, WAITING_VERSION, db => {
    db.createObjectStore('files', { keyPath: ['tab', 'ticket'] })
  })

  return {
    note: (tab, files) =>
      connection.run(async db => {
        const tx = db.transaction('files', 'readwrite')
        await Promise.all([...files.map(file => tx.store.put({ ...file, tab })), tx.done])
      }),
    settle: (tab, tickets) =>
      connection.run(async db => {
        const tx = db.transaction('files', 'readwrite')
        await Promise.all([...tickets.map(ticket => tx.store.delete([tab, ticket])), tx.done])
      }),
    all: () => connection.run(db => db.getAll('files')),
    forget: tabs =>
      connection.run(async db => {
        const tx = db.transaction('files', 'readwrite')
        const ranges = tabs.map(tab => IDBKeyRange.bound([tab], [tab, []]))
        await Promise.all([...ranges.map(range => tx.store.delete(range)), tx.done])
      }),
  }
}
