import type { DBSchema } from 'idb'
import type { ModelStore } from '../core/ports/model-files.ts'
import { connect } from './idb-connection.ts'

interface ModelSchema extends DBSchema {
  /** Blob records: the fastest form for large files, and the browser may keep them on disk. */
  files: { key: string; value: Blob }
  manifests: { key: string; value: unknown }
}

const CURRENT = 'current'

/** Model files in a database of their own, so that clearing the library leaves the model. */
export function openIdbModelStore(name = 'belfry-models'): ModelStore {
  const connection = connect<ModelSchema>(name, 1, db => {
    db.createObjectStore('files')
    db.createObjectStore('manifests')
  })

  return {
    async get(sha256) {
      const blob = await connection.run(db => db.get('files', sha256))
      return blob === undefined ? undefined : new Uint8Array(await blob.arrayBuffer())
    },
    async put(sha256, bytes) {
      const blob = new Blob([bytes as Uint8Array<ArrayBuffer>])
      await connection.run(async db => {
        const tx = db.transaction('files', 'readwrite')
        await Promise.all([tx.store.put(blob, sha256), tx.done])
      })
    },
    delete: sha256 => connection.run(db => db.delete('files', sha256)),
    keepOnly: wanted =>
      connection.run(async db => {
        const tx = db.transaction('files', 'readwrite')
        const present = await tx.store.getAllKeys()
        const gone = present.filter(sha256 => !wanted.includes(sha256))
        await Promise.all([...gone.map(sha256 => tx.store.delete(sha256)), tx.done])
      }),
    manifest: () => connection.run(db => db.get('manifests', CURRENT)),
    keepManifest: manifest =>
      connection.run(async db => {
        await db.put('manifests', manifest, CURRENT)
      }),
    // A Blob that is read from the database is a handle; its bytes stay where they are.
    size: async () => {
      const blobs = await connection.run(db => db.getAll('files'))
      return blobs.reduce((sum, blob) => sum + blob.size, 0)
    },
  }
}
