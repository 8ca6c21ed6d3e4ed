import { wrap } from 'comlink'
import { messageOf } from '../core/errors.ts'
import type { VectorIndex } from '../core/ports/vector-index.ts'

/** What the worker of hnswlib-wasm exposes. */
export interface HnswlibWorker extends Omit<VectorIndex, 'tend' | 'close'> {
  open(dimension: number): Promise<void>
}

/** Milliseconds after which the worker counts as not to be had. */
const PATIENCE = 30_000

/**
 * The vector index of hnswlib-wasm in a worker of its own, where alone its glue may run.
 * @throws Error with a sentence when the worker cannot be fetched or started: without a network, most of all.
 */
export async function openWorkerVectorIndex(
  dimension: number,
  spawn: () => Worker = spawnHnswlibWorker,
): Promise<VectorIndex> {
  const worker = spawn()
  const remote = wrap<HnswlibWorker>(worker)
  try {
    await Promise.race([remote.open(dimension), deathOf(worker)])
  } catch (error) {
    worker.terminate()
    throw new Error(`hnswlib-wasm could not be started: ${messageOf(error)}`, { cause: error })
  }
  return {
    add: (keys, vectors) => remote.add(keys, vectors),
    remove: keys => remote.remove(keys),
    search: (query, limit, filter) => remote.search(query, limit, filter),
    score: (query, keys) => remote.score(query, keys),
    keys: () => remote.keys(),
    clear: () => remote.clear(),
    close: () => worker.terminate(),
  }
}

/** Rejects when the worker fails while it starts, or does not answer. */
function deathOf(worker: Worker): Promise<never> {
  return new Promise((_, reject) => {
    setTimeout(() => reject(new Error(`it did not answer for ${PATIENCE / 1000} s`)), PATIENCE)
    worker.addEventListener('error', event => reject(new Error(event.message || 'it could not be loaded')))
  })
}

function spawnHnswlibWorker(): Worker {
  return new Worker(new URL('../../workers/hnswlib-worker.ts', import.meta.url), {
    type: 'module',
    name: 'belfry-hnswlib',
  })
}
