/** The distinct queries and documents of a source of pairs, and who answers whom. */
import { groupsFrom } from './groups.ts'
import type { Groups } from './groups.ts'
import type { TokenStore } from './token-store.ts'

export interface PairPool {
  readonly store: TokenStore
  /** The list of each query and of each document. Texts are the same when their pieces are. */
  readonly queries: Int32Array
  readonly documents: Int32Array
  /** The query of each pair. */
  readonly queryOf: Int32Array
  /** Documents that answer each query in some pair. */
  readonly answers: Groups
  /** Documents that came marked as wrong with a pair of each query. */
  readonly marked: Groups
}

/** A pair as lists of the store. */
export interface PairLists {
  readonly query: number
  readonly document: number
}

/** `wrong` is, for some pairs, the list of a document that is no answer. */
export function poolPairs(
  store: TokenStore,
  pairs: readonly PairLists[],
  wrong: readonly (number | undefined)[],
): PairPool {
  const [queries, documents] = [numberLists(store), numberLists(store)]
  const answers: Set<number>[] = []
  const queryOf = Int32Array.from(pairs, ({ query, document }) => {
    const number = queries.numberOf(query)
    answers[number] = (answers[number] ?? new Set()).add(documents.numberOf(document))
    return number
  })
  const marked: Set<number>[] = answers.map(() => new Set())
  for (const [i, list] of wrong.entries()) {
    if (list === undefined) continue
    const [query, document] = [queryOf[i] ?? 0, documents.numberOf(list)]
    if (!(answers[query]?.has(document) ?? false)) marked[query]?.add(document)
  }
  return {
    store,
    queries: Int32Array.from(queries.lists),
    documents: Int32Array.from(documents.lists),
    queryOf,
    answers: groupsFrom(answers.map(set => [...set])),
    marked: groupsFrom(marked.map(set => [...set])),
  }
}

/** Numbers lists from 0 on in the order of their coming, equal ones alike. */
function numberLists(store: TokenStore): { readonly lists: number[]; numberOf(list: number): number } {
  const numbers = new Map<string, number>()
  const lists: number[] = []
  return {
    lists,
    numberOf(list) {
      const key = `${store.fingerprint(list)} ${store.length(list)}`
      const known = numbers.get(key)
      if (known !== undefined) return known
      numbers.set(key, lists.length)
      return lists.push(list) - 1
    },
  }
}
