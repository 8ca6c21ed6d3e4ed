import type { Catalogue } from '../core/catalogue.ts'
import { keysOf } from '../core/catalogue.ts'
import { hasKey, type KeySet } from '../core/key-set.ts'
import type { HybridNeighbours } from '../core/ranking/hybrid.ts'

/** The first passage within the set of each document, newest document first: for conditions without words to rank by. */
export function newestWithin(within: KeySet, catalogue: Catalogue, limit: number): HybridNeighbours {
  const documents = catalogue.documents().toSorted((a, b) => b.modifiedAt - a.modifiedAt)
  const first = documents.flatMap(document => keysOf(document).find(key => hasKey(within, key)) ?? [])
  const keys = Uint32Array.from(first.slice(0, limit))
  const none = new Float32Array(keys.length)
  // The conditions are fulfilled as a whole.
  return { keys, dense: none, lexical: none, fused: none, coverage: none.map(() => 1), terms: [] }
}
