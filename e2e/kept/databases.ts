import type { Page } from '@playwright/test'

/** A database as it stands, with all that is needed to make it again. */
export interface KeptDatabase {
  readonly name: string
  readonly version: number
  readonly stores: readonly KeptStore[]
}

export interface KeptStore {
  readonly name: string
  readonly keyPath: string | string[] | null
  readonly autoIncrement: boolean
  readonly indexes: readonly KeptIndex[]
  readonly rows: readonly KeptRow[]
}

export interface KeptIndex {
  readonly name: string
  readonly keyPath: string | string[]
  readonly unique: boolean
  readonly multiEntry: boolean
}

export interface KeptRow {
  /** What the row says of itself where the store has a key path. */
  readonly key: unknown
  /** Plain objects, arrays and typed arrays. */
  readonly value: unknown
}

/** A page of the origin that does not start Belfry. */
export async function openOutside(page: Page): Promise<void> {
  await page.goto('/favicon.ico')
}

/** Everything that a database of the page's origin holds, read past all of Belfry. It must be there. */
export function readDatabase(page: Page, name: string): Promise<KeptDatabase> {
  // All of it runs in the page, so that nothing can stand outside.
  /* oxlint-disable unicorn/consistent-function-scoping */
  return page.evaluate(async name => {
    const answer = <T>(request: IDBRequest<T>) =>
      new Promise<T>((resolve, reject) => {
        request.addEventListener('success', () => resolve(request.result))
        request.addEventListener('error', () => reject(request.error ?? new Error('no answer')))
      })
    const opening = indexedDB.open(name)
    // A database that is not there must not come into being by being read.
    opening.addEventListener('upgradeneeded', () => opening.transaction?.abort())
    const db = await answer(opening)
    const readStore = async (store: IDBObjectStore): Promise<KeptStore> => {
      const [keys, values] = await Promise.all([
        answer(store.getAllKeys()),
        answer<unknown[]>(store.getAll()),
      ])
      const { name, keyPath, autoIncrement } = store
      const indexes = [...store.indexNames].map(index => {
        const { name, keyPath, unique, multiEntry } = store.index(index)
        return { name, keyPath, unique, multiEntry }
      })
      return {
        name,
        keyPath,
        autoIncrement,
        indexes,
        rows: keys.map((key, i) => ({ key, value: values[i] })),
      }
    }
    const names = [...db.objectStoreNames]
    const tx = db.transaction(names)
    const stores = await Promise.all(names.map(store => readStore(tx.objectStore(store))))
    db.close()
    return { name: db.name, version: db.version, stores }
  }, name)
  /* oxlint-enable unicorn/consistent-function-scoping */
}

/** Makes a database of the page's origin, which has none of that name. No page of Belfry may be open. */
export function writeDatabase(page: Page, database: KeptDatabase): Promise<void> {
  return page.evaluate(
    ({ name, version, stores }) =>
      new Promise<void>((resolve, reject) => {
        const request = indexedDB.open(name, version)
        request.addEventListener('error', () => reject(request.error ?? new Error('no answer')))
        request.addEventListener('success', () => {
          request.result.close()
          resolve()
        })
        request.addEventListener('upgradeneeded', ({ oldVersion }) => {
          if (oldVersion !== 0) throw new Error(`expected no database ${name}, got version ${oldVersion}`)
          for (const { name, keyPath, autoIncrement, indexes, rows } of stores) {
            const store = request.result.createObjectStore(name, { keyPath, autoIncrement })
            for (const { name, keyPath, ...options } of indexes) store.createIndex(name, keyPath, options)
            for (const { key, value } of rows)
              if (keyPath === null) store.put(value, key as IDBValidKey)
              else store.put(value)
          }
        })
      }),
    database,
  )
}
