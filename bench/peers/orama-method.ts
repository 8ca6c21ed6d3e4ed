/** Orama 3.1.18, full-text search; unfinished words are what it always takes words for. */
import { create, insertMultiple, load, save, search } from '@orama/orama'
import { store, stored } from '../browser/stored.ts'
import type { WordMethod } from '../words/word-method.ts'

/** Documents at a time. */
const BATCH = 500

export function createOrama(): WordMethod {
  const schema = { text: 'string' }
  let database = create({ schema })
  return {
    async add(keys, texts) {
      const documents = keys.map((key, i) => ({ id: String(key), text: texts[i] ?? '' }))
      await insertMultiple(database, documents, BATCH)
    },
    async search(kind, term, limit) {
      const tolerance = kind === 'typo' ? { tolerance: 1 } : {}
      return (await search(database, { term, limit, ...tolerance })).hits.map(({ id }) => Number(id))
    },
    async save() {
      const json = JSON.stringify(save(database))
      await store('orama', json)
      return json.length
    },
    async load() {
      database = create({ schema })
      load(database, JSON.parse(await stored<string>('orama')))
    },
  }
}
