import type { IDBPTransaction } from 'idb'
import type {
  DocumentContents,
  DocumentId,
  LibraryDocument,
  NewDocument,
  PassageAddress,
  PassageText,
  StoredDocument,
} from '../core/document.ts'
import { keepsKeys } from '../core/keeps-keys.ts'
import { packPassages, unpackPassage, unpackPassages } from '../core/packed-passages.ts'
import type { Library } from '../core/ports/library.ts'
import { connect, type UpgradeNews } from './idb-connection.ts'
import { LIBRARY_VERSION, type LibrarySchema, migrateLibrary } from './idb-schema.ts'
import { packText, segmentsOf, SEGMENT } from './text-segments.ts'

type StoreName = 'documents' | 'contents' | 'texts' | 'vectors' | 'meta'
type Writing = IDBPTransaction<LibrarySchema, StoreName[], 'readwrite'>
type Reading = IDBPTransaction<LibrarySchema, StoreName[], IDBTransactionMode>

const STORES: StoreName[] = ['documents', 'contents', 'texts', 'vectors', 'meta']
const NEXT_KEY = 'nextKey'

/**
 * The library in IndexedDB. Everything that a transaction needs is ready before it opens, and a write counts as done
 * only when its transaction is: that is where a full disk shows itself.
 */
export function openIdbLibrary(
  name = 'belfry',
  news: UpgradeNews = {},
): Library & { close(): Promise<void> } {
  const connection = connect<LibrarySchema>(name, LIBRARY_VERSION, migrateLibrary, news)

  function write<T>(work: (tx: Writing) => Promise<T>): Promise<T> {
    return connection.run(async db => {
      const tx = db.transaction(STORES, 'readwrite')
      const [worked, done] = await Promise.allSettled([finish(work, tx), tx.done])
      if (worked.status === 'fulfilled' && done.status === 'fulfilled') return worked.value
      throw reasonOf(worked, done)
    })
  }

  return {
    documents: () => connection.run(db => db.getAllFromIndex('documents', 'firstKey')),
    has: id => connection.run(async db => (await db.getKey('documents', id)) !== undefined),
    put: (document, contents, vectors, { newKeys = false } = {}) => {
      const { outline } = contents
      const row = { id: document.id, ...packPassages(contents.passages), ...(outline && { outline }) }
      const segments = packText(contents.text)
      return write(async tx => {
        const present = newKeys ? undefined : await tx.objectStore('documents').get(document.id)
        const stored = { ...document, firstKey: await firstKeyFor(tx, document, present) }
        await together(
          () => tx.objectStore('documents').put(stored),
          () => tx.objectStore('contents').put(row),
          // A longer text of the same document must not leave its end behind.
          ...(present === undefined
            ? []
            : [() => tx.objectStore('texts').delete(segmentsBelow(document.id))]),
          ...segments.map((text, n) => () => tx.objectStore('texts').put(text, [document.id, n])),
          () => tx.objectStore('vectors').put({ id: document.id, space: document.space, data: vectors }),
        )
        return stored
      })
    },
    remove: id =>
      write(async tx => {
        const stored = await read(tx, id)
        await together(
          () => tx.objectStore('documents').delete(id),
          () => tx.objectStore('contents').delete(id),
          () => tx.objectStore('texts').delete(segmentsBelow(id)),
          () => tx.objectStore('vectors').delete(id),
        )
        return stored
      }),
    contents: id => connection.run(db => readContents(db.transaction(STORES), id)),
    passages: addresses => connection.run(db => readPassages(db.transaction(STORES), addresses)),
    load: ids =>
      connection.run(async db => {
        const tx = db.transaction(STORES)
        const found = await Promise.all(ids.map(id => read(tx, id)))
        return found.filter(stored => stored !== undefined)
      }),
    // The counter of keys stays, so that no key is ever given twice.
    clear: () =>
      write(async tx => {
        await together(
          () => tx.objectStore('documents').clear(),
          () => tx.objectStore('contents').clear(),
          () => tx.objectStore('texts').clear(),
          () => tx.objectStore('vectors').clear(),
        )
      }),
    usage: async () => {
      const { usage = 0, quota = 0 } = await navigator.storage.estimate()
      return { used: usage, quota }
    },
    close: () => connection.close(),
  }
}

/**
 * Requests of one transaction, all sent before any has answered. A request may also throw at once (what cannot be
 * cloned); its siblings, which the abort then rejects, must not be left without anybody who listens.
 */
async function together(...requests: (() => Promise<unknown>)[]): Promise<void> {
  await Promise.all(requests.map(async request => request()))
}

/** A failed step takes the whole transaction with it, also when the failure is ours and not the database's. */
async function finish<T>(work: (tx: Writing) => Promise<T>, tx: Writing): Promise<T> {
  try {
    return await work(tx)
  } catch (error) {
    abort(tx)
    throw error
  }
}

/** A request of an aborted transaction says only that it was aborted; the transaction says why. */
function reasonOf(...settled: PromiseSettledResult<unknown>[]): unknown {
  const reasons = settled.flatMap(one => (one.status === 'rejected' ? [one.reason as unknown] : []))
  return (
    reasons.find(reason => !(reason instanceof DOMException && reason.name === 'AbortError')) ?? reasons[0]
  )
}

function abort(tx: Writing): void {
  try {
    tx.abort()
  } catch {
    // It had already ended by itself.
  }
}

async function firstKeyFor(
  tx: Writing,
  document: NewDocument,
  present: LibraryDocument | undefined,
): Promise<number> {
  if (present !== undefined && keepsKeys(present, document)) return present.firstKey
  const meta = tx.objectStore('meta')
  const next = (await meta.get(NEXT_KEY)) ?? 1
  // A document without passages still takes a key, since first keys order the list.
  await meta.put(next + Math.max(1, document.passageCount), NEXT_KEY)
  return next
}

async function read(tx: Reading, id: DocumentId): Promise<StoredDocument | undefined> {
  const [document, contents, vectors] = await Promise.all([
    tx.objectStore('documents').get(id),
    readContents(tx, id),
    tx.objectStore('vectors').get(id),
  ])
  if (document === undefined || contents === undefined || vectors === undefined) return undefined
  return { document, contents, vectors: vectors.data }
}

async function readContents(tx: Reading, id: DocumentId): Promise<DocumentContents | undefined> {
  const [row, segments] = await Promise.all([
    tx.objectStore('contents').get(id),
    tx.objectStore('texts').getAll(segmentsBelow(id)),
  ])
  if (row === undefined) return undefined
  const { outline } = row
  return { text: segments.join(''), passages: unpackPassages(row), ...(outline && { outline }) }
}

async function readPassages(
  tx: Reading,
  addresses: readonly PassageAddress[],
): Promise<(PassageText | undefined)[]> {
  const ids = [...new Set(addresses.map(({ id }) => id))]
  const rows = new Map(
    await Promise.all(ids.map(async id => [id, await tx.objectStore('contents').get(id)] as const)),
  )
  /** Passages of one document mostly stand in one segment, which is read once. */
  const read = new Map<string, Promise<string | undefined>>()
  const segment = (id: DocumentId, n: number) => {
    const name = `${id} ${n}`
    const known = read.get(name) ?? tx.objectStore('texts').get([id, n])
    read.set(name, known)
    return known
  }
  return Promise.all(
    addresses.map(async ({ id, passage }) => {
      const row = rows.get(id)
      const found = row && unpackPassage(row, passage)
      if (found === undefined) return undefined
      const numbers = segmentsOf(found)
      const segments = await Promise.all(numbers.map(n => segment(id, n)))
      const before = (numbers[0] ?? 0) * SEGMENT
      return { ...found, text: segments.join('').slice(found.start - before, found.end - before) }
    }),
  )
}

/** All segments of one document: an array sorts after every number. */
function segmentsBelow(id: DocumentId): IDBKeyRange {
  return IDBKeyRange.bound([id], [id, []])
}
