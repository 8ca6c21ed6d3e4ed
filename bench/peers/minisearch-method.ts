/** MiniSearch 7.2.0. */
import MiniSearch from 'minisearch'
import { store, stored } from '../browser/stored.ts'
import type { WordMethod } from '../words/word-method.ts'

const FIELDS = { fields: ['text'] }
const OPTIONS = {
  words: {},
  // As somebody types: only the last word may be unfinished.
  prefix: { prefix: (_term: string, at: number, terms: readonly string[]) => at === terms.length - 1 },
  typo: { fuzzy: 0.2 },
}

export function createMiniSearch(): WordMethod {
  let index = new MiniSearch(FIELDS)
  return {
    add: (keys, texts) => index.addAll(keys.map((id, i) => ({ id, text: texts[i] ?? '' }))),
    // It ranks all that it finds; there is no limit to set.
    search: (kind, text, count) =>
      index
        .search(text, OPTIONS[kind])
        .slice(0, count)
        .map(({ id }) => id),
    async save() {
      const json = JSON.stringify(index)
      await store('minisearch', json)
      return json.length
    },
    async load() {
      index = MiniSearch.loadJSON(await stored<string>('minisearch'), FIELDS)
    },
  }
}
