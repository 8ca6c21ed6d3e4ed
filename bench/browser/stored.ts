/** One value by its name in IndexedDB, for those who bring no storage of their own. */
import { openDB } from 'idb'

const STORE = 'values'

/** Resolves when the transaction is complete. */
export async function store(name: string, value: unknown): Promise<void> {
  const database = await open()
  await database.put(STORE, value, name)
  database.close()
}

/** @throws Error when nothing was stored under that name. */
export async function stored<T>(name: string): Promise<T> {
  const database = await open()
  const value: unknown = await database.get(STORE, name)
  database.close()
  if (value === undefined) throw new Error(`expected something stored as ${name}, found nothing`)
  return value as T
}

function open() {
  return openDB('bench', 1, { upgrade: database => void database.createObjectStore(STORE) })
}
