import type { DBSchema } from 'idb'
import type { ServerConnection, ServerConnections } from '../core/ports/server-connection.ts'
import type { SyncReport } from '../core/sync/report.ts'
import { connect } from './idb-connection.ts'

interface ServerSchema extends DBSchema {
  connection: { key: 'connection'; value: ServerConnection }
  report: { key: 'report'; value: SyncReport }
}

/** A database of its own: where somebody synchronises to is no part of a library that is carried elsewhere. */
export function openIdbServerConnections(name = 'belfry-server'): ServerConnections {
  const connection = connect<ServerSchema>(name, 1, db => {
    db.createObjectStore('connection')
    db.createObjectStore('report')
  })
  return {
    load: () => connection.run(db => db.get('connection', 'connection')),
    keep: kept => connection.run(async db => void (await db.put('connection', kept, 'connection'))),
    report: () => connection.run(db => db.get('report', 'report')),
    keepReport: report => connection.run(async db => void (await db.put('report', report, 'report'))),
    forget: () =>
      connection.run(async db => {
        const tx = db.transaction(['connection', 'report'], 'readwrite')
        await Promise.all([tx.objectStore('connection').clear(), tx.objectStore('report').clear(), tx.done])
      }),
  }
}
