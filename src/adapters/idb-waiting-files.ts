import type { DBSchema, IDBPDatabase, IDBPTransaction, StoreNames } from 'idb'
import type { FileHandle, LibraryBlob } from '../core/ports/files.ts'
import type { NotedFile, WaitingFile, WaitingFiles } from '../core/ports/waiting-files.ts'
import { connect } from './idb-connection.ts'

type Row = WaitingFile & { readonly tab: string }

interface WaitingSchema extends DBSchema {
  files: { key: string; value: Row; indexes: { tab: string } }
  /** How often somebody has begun to read each file. */
  begun: { key: string; value: number }
  bytes: { key: string; value: ArrayBuffer | Blob }
}

export const WAITING_VERSION = 2

/** Up to this size bytes are stored in their row, which is faster; the browser keeps larger ones as files of its own. */
const SMALL = 256 * 1024

/**
 * A database of its own, so that a note is never in the way of a document. Its stores are written in transactions of their
 * own where somebody waits: those that overlap are served in turn, and bytes take long.
 */
export function openIdbWaitingFiles(name = 'belfry-waiting'): WaitingFiles {
  const connection = connect<WaitingSchema>(name, WAITING_VERSION, async (db, from, upgrade) => {
    if (from === 1) await renew(db, upgrade)
    else create(db)
  })

  return {
    note: (tab, files) =>
      connection.run(async db => {
        const tx = db.transaction('files', 'readwrite')
        await Promise.all([...files.map(file => tx.store.put({ ...file, tab })), tx.done])
      }),
    async keep(contents) {
      // A transaction does not wait for what is no request of its own.
      const read = await Promise.all(
        contents.map(async ({ id, blob }) => ({ id, value: await storable(blob) })),
      )
      await connection.run(async db => {
        const tx = db.transaction('bytes', 'readwrite')
        const puts = read.map(({ id, value }) => (value === undefined ? undefined : tx.store.put(value, id)))
        await Promise.all([...puts, tx.done])
      })
    },
    begin: id =>
      connection.run(async db => {
        const tx = db.transaction('begun', 'readwrite')
        await tx.store.put(((await tx.store.get(id)) ?? 0) + 1, id)
        await tx.done
      }),
    settle: ids => connection.run(db => drop(db, ids)),
    size: () =>
      connection.run(async db => {
        const [rows, ids] = await Promise.all([db.getAll('files'), db.getAllKeys('bytes')])
        const kept = new Set(ids)
        return rows.reduce((sum, { id, bytes }) => sum + (kept.has(id) ? bytes : 0), 0)
      }),
    all: () =>
      connection.run(async db => {
        const tx = db.transaction(['files', 'begun'])
        const [rows, ids, counts] = await Promise.all([
          tx.objectStore('files').getAll(),
          tx.objectStore('begun').getAllKeys(),
          tx.objectStore('begun').getAll(),
        ])
        const kept = new Set(await db.getAllKeys('bytes'))
        const tries = new Map(ids.map((id, i) => [id, counts[i] ?? 0]))
        return rows.map(row => noted(row, kept.has(row.id), tries.get(row.id)))
      }),
    adopt: (tabs, heir) => connection.run(db => adopt(db, new Set(tabs), heir)),
    contents: id =>
      connection
        .run(async db => {
          const value = await db.get('bytes', id)
          if (value !== undefined) return value instanceof Blob ? value : new Blob([value])
          return (await db.get('files', id))?.handle
        })
        .then(found => (isHandle(found) ? found.getFile() : found)),
    forget: tabs =>
      connection.run(async db => {
        const found = await Promise.all(tabs.map(tab => db.getAllKeysFromIndex('files', 'tab', tab)))
        await drop(db, found.flat())
      }),
  }
}

/** Bytes that belong to no file are left when a tab ends between the two steps; the next heir drops them. */
async function drop(db: IDBPDatabase<WaitingSchema>, ids: readonly string[]): Promise<void> {
  const notes = db.transaction(['files', 'begun'], 'readwrite')
  const [files, begun] = [notes.objectStore('files'), notes.objectStore('begun')]
  await Promise.all([...ids.flatMap(id => [files.delete(id), begun.delete(id)]), notes.done])
  const bytes = db.transaction('bytes', 'readwrite')
  await Promise.all([...ids.map(id => bytes.store.delete(id)), bytes.done])
}

async function adopt(
  db: IDBPDatabase<WaitingSchema>,
  tabs: ReadonlySet<string>,
  heir: string,
): Promise<NotedFile[]> {
  const tx = db.transaction(['files', 'begun', 'bytes'], 'readwrite')
  const [files, begun, bytes] = [tx.objectStore('files'), tx.objectStore('begun'), tx.objectStore('bytes')]
  const [rows, keys] = await Promise.all([files.getAll(), bytes.getAllKeys()])
  const kept = new Set(keys)
  const known = new Set(rows.map(({ id }) => id))
  const mine = rows.filter(row => tabs.has(row.tab) && (kept.has(row.id) || row.handle !== undefined))
  const tries = await Promise.all(mine.map(row => begun.get(row.id)))
  const writes = mine.map(row => files.put({ ...row, tab: heir }))
  const orphans = keys.filter(id => !known.has(id)).map(id => bytes.delete(id))
  await Promise.all([...writes, ...orphans, tx.done])
  return mine.map((row, i) => noted({ ...row, tab: heir }, true, tries[i]))
}

function noted(row: Row, hasBytes: boolean, tries = 0): NotedFile {
  return { ...row, kept: hasBytes || row.handle !== undefined, tries }
}

async function storable(blob: LibraryBlob): Promise<ArrayBuffer | Blob | undefined> {
  if (blob.size > SMALL && blob instanceof Blob) return blob
  return blob.arrayBuffer().catch(() => undefined)
}

function isHandle(found: LibraryBlob | FileHandle | undefined): found is FileHandle {
  return found !== undefined && 'getFile' in found
}

function create(db: IDBPDatabase<WaitingSchema>): void {
  db.createObjectStore('files', { keyPath: 'id' }).createIndex('tab', 'tab')
  db.createObjectStore('begun')
  db.createObjectStore('bytes')
}

/** From the first version, which kept no bytes. */
async function renew(
  db: IDBPDatabase<WaitingSchema>,
  upgrade: IDBPTransaction<WaitingSchema, StoreNames<WaitingSchema>[], 'versionchange'>,
): Promise<void> {
  const rows: unknown = await upgrade.objectStore('files').getAll()
  db.deleteObjectStore('files')
  create(db)
  const files = upgrade.objectStore('files')
  await Promise.all((rows as OldRow[]).map(row => files.put(renewed(row))))
}

interface OldRow {
  readonly tab: string
  readonly ticket: number
  readonly path: string
  readonly bytes: number
  readonly modifiedAt: number
}

function renewed({ tab, ticket, path, bytes, modifiedAt }: OldRow): Row {
  const name = path.slice(path.lastIndexOf('/') + 1)
  return { id: `${tab}/${ticket}`, tab, name, path, bytes, modifiedAt }
}
