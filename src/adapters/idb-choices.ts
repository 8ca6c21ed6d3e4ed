import type { DBSchema } from 'idb'
import type { Choices } from '../core/ports/choices.ts'
import type { TableChoice } from '../core/table.ts'
import { connect } from './idb-connection.ts'

interface ChoiceSchema extends DBSchema {
  tables: { key: string; value: TableChoice }
  paused: { key: string; value: true }
}

/** A database of its own: what somebody has chosen here is no part of a library that is carried elsewhere. */
export function openIdbChoices(name = 'belfry-choices'): Choices {
  const connection = connect<ChoiceSchema>(name, 1, db => {
    db.createObjectStore('tables', { keyPath: 'table' })
    db.createObjectStore('paused')
  })
  return {
    tables: {
      all: () => connection.run(db => db.getAll('tables')),
      put: choice => connection.run(async db => void (await db.put('tables', choice))),
      drop: table => connection.run(db => db.delete('tables', table)),
      clear: () => connection.run(db => db.clear('tables')),
    },
    paused: {
      all: () => connection.run(db => db.getAllKeys('paused')),
      put: tab => connection.run(async db => void (await db.put('paused', true, tab))),
      drop: tabs =>
        connection.run(async db => {
          const tx = db.transaction('paused', 'readwrite')
          await Promise.all([...tabs.map(tab => tx.store.delete(tab)), tx.done])
        }),
    },
  }
}
