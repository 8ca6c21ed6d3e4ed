/** hnswlib-wasm 0.8.2 as its makers mean it to be used, but for labels, which are never given twice: that corrupts it. */
import { loadHnswlib } from 'hnswlib-wasm'
import { hasKey } from '../../src/core/key-set.ts'
import type { VectorMethod, VectorMethodOptions } from './vector-method.ts'

type Library = Awaited<ReturnType<typeof loadHnswlib>>

const BREADTHS = [50, 100, 200, 400]
const FILE = 'bench.idx'
/** Milliseconds between two looks at whether a file has arrived in IndexedDB. */
const PAUSE = 20

export async function createHnswlibMethod({ dimension, count }: VectorMethodOptions): Promise<VectorMethod> {
  const library = await loadHnswlib()
  let graph = new library.HierarchicalNSW('ip', dimension, '')
  graph.initIndex(count, 16, 200, 100)
  /** By label. */
  const keyOf: number[] = []
  const labelOf = new Map<number, number>()
  const search = (
    query: Float32Array,
    wanted: number,
    breadth: number,
    chosen?: (label: number) => boolean,
  ) => {
    graph.setEfSearch(breadth)
    return graph.searchKnn(query, wanted, chosen).neighbors.map(label => keyOf[label] as number)
  }

  return {
    settings: BREADTHS,
    usual: 100,
    add(keys, rows) {
      const labels = Array.from(keys, key => {
        labelOf.set(key, keyOf.length)
        return keyOf.push(key) - 1
      })
      if (keyOf.length > graph.getMaxElements()) graph.resizeIndex(Math.ceil(1.25 * count))
      graph.addPoints(rowsOf(rows, dimension), labels, false)
    },
    search: (query, wanted, breadth) => search(query, wanted, breadth),
    select: (query, wanted, { keys }) =>
      search(query, wanted, 100, label => hasKey(keys, keyOf[label] as number)),
    remove(keys) {
      // One by one it would make its lists of labels anew for each.
      graph.markDeleteItems(Array.from(keys, key => labelOf.get(key) as number))
    },
    async save() {
      const before = await storedAt()
      void graph.writeIndex(FILE)
      // It tells neither of the end nor of a failure; the database does.
      for (;;) {
        const now = await storedAt()
        if (now !== undefined && now !== before) return undefined
        await new Promise(resolve => setTimeout(resolve, PAUSE))
      }
    },
    async load() {
      ;(graph as unknown as { delete?: () => void }).delete?.()
      await syncFromStore(library)
      graph = new library.HierarchicalNSW('ip', dimension, '')
      await graph.readIndex(FILE, count)
    },
    bytes: () => (library as unknown as { HEAPU8?: Uint8Array }).HEAPU8?.length ?? Number.NaN,
  }
}

function rowsOf(rows: Float32Array, dimension: number): Float32Array[] {
  return Array.from({ length: rows.length / dimension }, (_, i) =>
    rows.slice(i * dimension, (i + 1) * dimension),
  )
}

function syncFromStore(library: Library): Promise<void> {
  return new Promise((resolve, reject) => {
    const manager = library.EmscriptenFileSystemManager as unknown as {
      syncFS(read: boolean, done: (error?: Error | null) => void): void
    }
    manager.syncFS(true, error =>
      error ? reject(new Error('Emscripten could not read its files from IndexedDB')) : resolve(),
    )
  })
}

/** When Emscripten's file system has last brought the file into the database behind it. */
async function storedAt(): Promise<number | undefined> {
  const database = await asked(indexedDB.open('/hnswlib-index'))
  try {
    if (!database.objectStoreNames.contains('FILE_DATA')) return undefined
    // The index of times tells it without reading the contents.
    const times = database.transaction('FILE_DATA').objectStore('FILE_DATA').index('timestamp')
    const cursor = times.openKeyCursor(null, 'prev')
    for (let at = await asked(cursor); at !== null; at = await asked(cursor)) {
      if (typeof at.primaryKey === 'string' && at.primaryKey.endsWith(FILE)) return (at.key as Date).getTime()
      at.continue()
    }
    return undefined
  } finally {
    database.close()
  }
}

function asked<T>(request: IDBRequest<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    request.addEventListener('success', () => resolve(request.result))
    request.addEventListener('error', () => reject(request.error ?? new Error('IndexedDB refused')))
  })
}
