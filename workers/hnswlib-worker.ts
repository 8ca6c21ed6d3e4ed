/** The vector index of hnswlib-wasm, in a worker whose policy lets its glue make code from text. */
import { expose } from 'comlink'
import { loadHnswlib } from 'hnswlib-wasm'
import { createHnswlibVectorIndex } from '../src/adapters/hnswlib-vector-index.ts'
import type { HnswlibWorker } from '../src/adapters/worker-vector-index.ts'
import type { VectorIndex } from '../src/core/ports/vector-index.ts'

let index: VectorIndex | undefined

function opened(): VectorIndex {
  if (index === undefined) throw new Error('expected the index to be opened first')
  return index
}

const worker: HnswlibWorker = {
  async open(dimension) {
    // It opens an empty database of its own; nothing is ever saved there, since the library is the truth.
    index = createHnswlibVectorIndex(await loadHnswlib(), dimension)
  },
  add: (keys, vectors) => opened().add(keys, vectors),
  remove: keys => opened().remove(keys),
  search: (query, limit, filter) => opened().search(query, limit, filter),
  score: (query, keys) => opened().score(query, keys),
  keys: () => opened().keys(),
  clear: () => opened().clear(),
}

expose(worker)
