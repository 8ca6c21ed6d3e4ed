/** voy 0.6.3: a k-d tree, exact, whose vectors go in and out as numbers in objects and as text. */
import { __wbg_set_wasm, Voy } from 'voy-search/voy_search_bg.js'
import * as glue from 'voy-search/voy_search_bg.js'
import wasm from 'voy-search/voy_search_bg.wasm?url'
import { store, stored } from '../browser/stored.ts'
import type { VectorMethod, VectorMethodOptions } from '../vectors/vector-method.ts'

export async function createVoyMethod({ dimension }: VectorMethodOptions): Promise<VectorMethod> {
  // Its own entry imports the wasm as a module, which no browser does yet.
  const imports = { './voy_search_bg.js': glue as unknown as WebAssembly.ModuleImports }
  const { instance } = await WebAssembly.instantiateStreaming(fetch(wasm), imports)
  __wbg_set_wasm(instance.exports)
  let index = new Voy({ embeddings: [] })
  const resource = (keys: Uint32Array, rows: Float32Array) => ({
    embeddings: Array.from(keys, (key, i) => ({
      id: String(key),
      title: '',
      url: '',
      embeddings: [...rows.subarray(i * dimension, (i + 1) * dimension)],
    })),
  })
  return {
    settings: [0],
    usual: 0,
    removesByVector: true,
    add: (keys, rows) => index.add(resource(keys, rows)),
    search: (query, count) => index.search(query, count).neighbors.map(({ id }) => Number(id)),
    remove: (keys, rows) => index.remove(resource(keys, rows)),
    async save() {
      const text = index.serialize()
      await store('voy', text)
      return text.length
    },
    async load() {
      index.free()
      index = Voy.deserialize(await stored<string>('voy'))
    },
  }
}
