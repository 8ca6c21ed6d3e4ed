/** EdgeVec 0.9.0 by its distance `l2`, the one of its three that finds the nearest. */
import init, { EdgeVec, EdgeVecConfig, JsMetadataValue } from 'edgevec'
import type { VectorMethod, VectorMethodOptions } from '../vectors/vector-method.ts'

const FILE = 'bench'

export async function createEdgeVecMethod({ dimension }: VectorMethodOptions): Promise<VectorMethod> {
  await init()
  const config = new EdgeVecConfig(dimension)
  config.metric = 'l2'
  config.m = 16
  config.ef_construction = 200
  config.ef_search = 100
  let index = new EdgeVec(config)
  const keyOf = new Map<number, number>()
  const idOf = new Map<number, number>()
  const keysOf = (found: readonly { readonly id: number }[]) => found.map(({ id }) => keyOf.get(id) ?? -1)

  return {
    // Fixed when the index is made.
    settings: [100],
    usual: 100,
    add(keys, rows) {
      const ids = index.insertBatchFlat(rows, keys.length)
      ids.forEach((id, i) => {
        const key = keys[i] as number
        keyOf.set(id, key)
        idOf.set(key, id)
        for (const every of [10, 100]) {
          index.setMetadata(id, `every${every}`, JsMetadataValue.fromInteger(key % every))
        }
      })
    },
    search: (query, count) => keysOf(index.search(query, count)),
    select(query, count, { every }) {
      const text = index.searchFiltered(query, count, JSON.stringify({ filter: `every${every} = 0` }))
      return keysOf((JSON.parse(text) as { results: { id: number }[] }).results)
    },
    remove(keys) {
      for (const key of keys) index.softDelete(idOf.get(key) as number)
    },
    async save() {
      await index.save(FILE)
      return index.serializedSize()
    },
    async load() {
      const loaded = await EdgeVec.load(FILE)
      index.free()
      index = loaded
    },
    bytes: () => index.memoryUsage(),
  }
}
