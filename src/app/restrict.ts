import { keysOf } from '../core/catalogue.ts'
import { type KeySet, keySetOf } from '../core/key-set.ts'
import { documentsMatching } from '../core/query/documents-matching.ts'
import type { ParsedQuery } from '../core/query/parse-query.ts'
import type { Unmatched } from '../core/ranking/answer.ts'
import type { Indexes } from './indexes.ts'

/** What a search may find: one set of keys for words and meaning alike; all there is, where there are no conditions. */
export interface Restriction {
  readonly within: KeySet | undefined
  /** The condition that leaves nothing. */
  readonly unmatched: Unmatched | undefined
}

export async function restrict(query: ParsedQuery, indexes: Indexes): Promise<Restriction> {
  const { phrases, without, filterText, phraseText } = query
  const chosen = chosenDocuments(query, indexes)
  if (chosen?.size === 0) return { within: chosen, unmatched: { what: 'document', condition: filterText } }
  if (phrases.length + without.length === 0) return { within: chosen, unmatched: undefined }
  const within = await indexes.words.select({ phrases, without }, chosen)
  return { within, unmatched: within.size === 0 ? { what: 'passage', condition: phraseText } : undefined }
}

function chosenDocuments({ filters }: ParsedQuery, { catalogue }: Indexes): KeySet | undefined {
  if (filters.length === 0) return undefined
  const documents = documentsMatching(filters, catalogue.documents())
  return keySetOf(Uint32Array.from(documents.flatMap(document => [...keysOf(document)])))
}
