import { type DBSchema, type IDBPDatabase, type IDBPTransaction, openDB, type StoreNames } from 'idb'
import { codeOf, failure, messageOf } from '../core/errors.ts'

export interface Connection<Schema extends DBSchema> {
  /**
   * Runs `use` on an open database, and once more on a new connection when the browser had closed the old one.
   * @throws StorageFull, StorageUnavailable or NewerBelfry.
   */
  run<T>(use: (db: IDBPDatabase<Schema>) => Promise<T>): Promise<T>
  close(): Promise<void>
}

/** The transaction of an upgrade: all stores, to read and to write. */
export type Upgrading<Schema extends DBSchema> = IDBPTransaction<
  Schema,
  StoreNames<Schema>[],
  'versionchange'
>

/**
 * Brings a database from version `from` (0 where there is none yet) to the present one. It may read and rewrite rows in
 * `tx`, and must wait for nothing else: the transaction ends when nothing is asked of it. A failure undoes all of it.
 */
export type Upgrade<Schema extends DBSchema> = (
  db: IDBPDatabase<Schema>,
  from: number,
  tx: Upgrading<Schema>,
) => void | Promise<void>

/** What other tabs, with another version of Belfry, have to do with a database. */
export interface UpgradeNews {
  /** Another tab opens a newer version: the connection was given up for it. */
  readonly superseded?: () => void
  /** This tab opens a newer version, and another one that is still open does not give way. It goes on once that is closed. */
  readonly blocked?: () => void
}

/**
 * A database that opens at first use. It gives way when another tab wants to upgrade or delete it, and opens again
 * when the browser has closed it (Chromium does so after a failure of its backing store, Safari in the background).
 */
export function connect<Schema extends DBSchema>(
  name: string,
  version: number,
  upgrade: Upgrade<Schema>,
  news: UpgradeNews = {},
): Connection<Schema> {
  let opened: Promise<IDBPDatabase<Schema>> | undefined

  function open(): Promise<IDBPDatabase<Schema>> {
    opened ??= openUpgraded()
    return opened
  }

  function openUpgraded(): Promise<IDBPDatabase<Schema>> {
    let failed: { readonly reason: unknown } | undefined
    return openDB<Schema>(name, version, {
      upgrade: (db, from, _to, tx) => {
        upgradeWhole(upgrade, db, from, tx).catch((reason: unknown) => {
          failed = { reason }
        })
      },
      blocked: () => news.blocked?.(),
      blocking: (_current, wanted, event) => {
        opened = undefined
        ;(event.target as IDBDatabase).close()
        // A database that is only deleted is opened again when it is needed.
        if (wanted !== null) news.superseded?.()
      },
      terminated: () => {
        opened = undefined
      },
    }).catch((error: unknown) => {
      opened = undefined
      // The browser says only that the upgrade was aborted; the step that failed says why.
      throw failed === undefined ? error : failed.reason
    })
  }

  async function attempt<T>(use: (db: IDBPDatabase<Schema>) => Promise<T>): Promise<T> {
    return use(await open())
  }

  return {
    async run(use) {
      try {
        return await attempt(use)
      } catch (error) {
        if (!isClosed(error)) throw storageFailure(error)
        opened = undefined
        return attempt(use).catch((again: unknown) => {
          throw storageFailure(again)
        })
      }
    },
    async close() {
      const db = await opened?.catch(() => undefined)
      opened = undefined
      db?.close()
    },
  }
}

/** A step that fails takes the whole upgrade with it: the database stays as it was, in its old version. */
async function upgradeWhole<Schema extends DBSchema>(
  upgrade: Upgrade<Schema>,
  db: IDBPDatabase<Schema>,
  from: number,
  tx: Upgrading<Schema>,
): Promise<void> {
  // Whoever opens the database hears of an abort; nobody listens here.
  tx.done.catch(() => undefined)
  try {
    await upgrade(db, from, tx)
  } catch (error) {
    abort(tx)
    throw error
  }
}

function abort(tx: { abort(): void }): void {
  try {
    tx.abort()
  } catch {
    // A refused request has already ended it.
  }
}

/** What is said when a newer version has opened the database. */
export const NEWER_BELFRY =
  'A newer Belfry has been opened in another tab, and this one is too old for the library now.'

/** A connection that was closed refuses new transactions with this name. */
function isClosed(error: unknown): boolean {
  return error instanceof DOMException && error.name === 'InvalidStateError'
}

function storageFailure(error: unknown): Error {
  if (codeOf(error) === 'StorageFull') {
    return failure('StorageFull', 'The browser has no more space for Belfry on this device.', error)
  }
  if (error instanceof DOMException && error.name === 'VersionError') {
    return failure('NewerBelfry', NEWER_BELFRY, error)
  }
  return failure('StorageUnavailable', `The browser's storage did not answer: ${messageOf(error)}`, error)
}
