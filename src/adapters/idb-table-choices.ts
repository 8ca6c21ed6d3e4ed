import type { DBSchema } from 'idb'
import type { TableChoices } from '../core/ports/table-choices.ts'
import type { TableChoice } from '../core/table.ts'
import { connect } from './idb-connection.ts'

interface TableSchema extends DBSchema {
  choices: { key: string; value: TableChoice }
}

/** A database of its own: how files are read is no part of what was read of them. */
export function openIdbTableChoices(name = 'belfry-tables'): TableChoices {
  const connection = connect<TableSchema>(name, 1, db => {
    db.createObjectStore('choices', { keyPath: 'table' })
  })
  return {
    all: () => connection.run(db => db.getAll('choices')),
    put: choice => connection.run(async db => void (await db.put('choices', choice))),
    drop: table => connection.run(db => db.delete('choices', table)),
    clear: () => connection.run(db => db.clear('choices')),
  }
}
