import type { DocumentId } from '../core/document.ts'
import type { Interaction, PassageRef } from '../core/interaction.ts'
import type { Encoder } from '../core/ports/encoder.ts'
import type { Library } from '../core/ports/library.ts'
import type { Candidate } from '../core/training/choice.ts'
import type { Look } from '../core/training/look.ts'
import { rowOf } from './probes.ts'

/** Milliseconds; what is closed again sooner was opened by mistake. */
export const SHORTEST_LOOK = 1000

/** Documents whose vectors are loaded at a time. */
const BATCH = 16

export interface DatedLook extends Look {
  /** When it happened, in milliseconds since the epoch. */
  readonly at: number
}

/** What the log tells of passages that are still in the library, in the space of the model in use. */
export async function looksOf(
  entries: readonly Interaction[],
  library: Library,
  encoder: Encoder,
): Promise<DatedLook[]> {
  const long = entries.filter(({ milliseconds }) => milliseconds >= SHORTEST_LOOK)
  const { candidates, cutAt } = await candidatesOf(long, library, encoder)
  const queries = [...new Set(long.map(({ query }) => sameQuery(query)))]
  const groups = new Map(queries.map((query, group) => [query, group]))
  const wanted = openedByGroup(long)
  const { dimension } = await encoder.info()
  const rows = await encoder.encode(queries, 'query')
  return long.flatMap(entry => {
    const query = sameQuery(entry.query)
    const group = groups.get(query) ?? 0
    const known = entry.shown.filter(({ document }) => (cutAt.get(document) ?? 0) <= entry.at)
    const rivals = known.filter(ref => isRival(ref, entry.opened, wanted.get(query)))
    const shown = rivals.flatMap(ref => candidates.get(nameOf(ref)) ?? [])
    const opened = shown.findIndex(({ id }) => id === candidates.get(nameOf(entry.opened))?.id)
    if (opened < 0 || shown.length < 2) return []
    return [{ query: rowOf(rows, group, dimension), shown, opened, group, at: entry.at }]
  })
}

function sameQuery(query: string): string {
  return query.trim().toLowerCase()
}

function nameOf({ document, passage }: PassageRef): string {
  return `${document}:${passage}`
}

/** The documents that were opened for each query: none of them was passed over. */
function openedByGroup(entries: readonly Interaction[]): ReadonlyMap<string, ReadonlySet<DocumentId>> {
  const opened = new Map<string, Set<DocumentId>>()
  for (const { query, opened: ref } of entries) {
    const known = opened.get(sameQuery(query)) ?? new Set()
    opened.set(sameQuery(query), known.add(ref.document))
  }
  return opened
}

/** What was opened itself, and passages of documents that nobody opened for this query. */
function isRival(ref: PassageRef, opened: PassageRef, wanted: ReadonlySet<DocumentId> | undefined): boolean {
  return nameOf(ref) === nameOf(opened) || wanted?.has(ref.document) !== true
}

/** The vectors of every passage that was shown, by its name; and when documents were cut again since they were added. */
async function candidatesOf(
  entries: readonly Interaction[],
  library: Library,
  encoder: Encoder,
): Promise<{
  readonly candidates: ReadonlyMap<string, Candidate>
  readonly cutAt: ReadonlyMap<DocumentId, number>
}> {
  const { space, dimension } = await encoder.info()
  const passages = new Map<DocumentId, Set<number>>()
  for (const { document, passage } of entries.flatMap(({ shown }) => shown)) {
    passages.set(document, (passages.get(document) ?? new Set()).add(passage))
  }
  const ids = [...passages.keys()]
  const candidates = new Map<string, Candidate>()
  const cutAt = new Map<DocumentId, number>()
  for (let start = 0; start < ids.length; start += BATCH) {
    for (const { document, vectors } of await library.load(ids.slice(start, start + BATCH))) {
      if (document.space !== space) continue
      if (document.cutAt !== undefined) cutAt.set(document.id, document.cutAt)
      for (const passage of passages.get(document.id) ?? []) {
        if (passage >= document.passageCount) continue
        // A copy, so that one passage does not hold a whole book in memory.
        const vector = rowOf(vectors, passage, dimension).slice()
        candidates.set(nameOf({ document: document.id, passage }), {
          id: document.firstKey + passage,
          vector,
        })
      }
    }
  }
  return { candidates, cutAt }
}
