import type { DBSchema } from 'idb'
import type { FolderFile, RememberedFolder } from '../core/folder-state.ts'
import type { FolderStore } from '../core/ports/folders.ts'
import { connect } from './idb-connection.ts'

interface FileRow {
  readonly folder: string
  readonly path: string
  readonly file: FolderFile
}

interface FolderSchema extends DBSchema {
  folders: { key: string; value: RememberedFolder }
  files: { key: [folder: string, path: string]; value: FileRow }
}

/** A database of its own: a handle is no part of a library that is carried elsewhere. */
export function openIdbFolderStore(name = 'belfry-folders'): FolderStore {
  const connection = connect<FolderSchema>(name, 1, db => {
    db.createObjectStore('folders', { keyPath: 'id' })
    db.createObjectStore('files', { keyPath: ['folder', 'path'] })
  })

  return {
    folders: () =>
      connection.run(async db => (await db.getAll('folders')).toSorted((a, b) => a.addedAt - b.addedAt)),
    put: folder => connection.run(async db => void (await db.put('folders', folder))),
    files: folder =>
      connection.run(async db => (await db.getAll('files', filesOf(folder))).map(({ file }) => file)),
    note: (folder, files) =>
      connection.run(async db => {
        const tx = db.transaction(['folders', 'files'], 'readwrite')
        if ((await tx.objectStore('folders').getKey(folder)) !== undefined) {
          const store = tx.objectStore('files')
          await Promise.all(files.map(file => store.put({ folder, path: file.path, file })))
        }
        await tx.done
      }),
    dropFiles: (folder, paths) =>
      connection.run(async db => {
        const tx = db.transaction('files', 'readwrite')
        await Promise.all([...paths.map(path => tx.store.delete([folder, path])), tx.done])
      }),
    forget: folder =>
      connection.run(async db => {
        const tx = db.transaction(['folders', 'files'], 'readwrite')
        await Promise.all([
          tx.objectStore('folders').delete(folder),
          tx.objectStore('files').delete(filesOf(folder)),
          tx.done,
        ])
      }),
    clear: () =>
      connection.run(async db => {
        const tx = db.transaction(['folders', 'files'], 'readwrite')
        await Promise.all([tx.objectStore('folders').clear(), tx.objectStore('files').clear(), tx.done])
      }),
  }
}

function filesOf(folder: string): IDBKeyRange {
  return IDBKeyRange.bound([folder], [folder, []])
}
