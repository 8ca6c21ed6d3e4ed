import type { DocumentId, NewDocument, StoredDocument } from '../core/document.ts'
import { keepsKeys } from '../core/keeps-keys.ts'
import type { Library } from '../core/ports/library.ts'

/** The library in memory: the oracle of its suite, and what is left when a browser refuses IndexedDB. */
export function createMemoryLibrary(): Library {
  const stored = new Map<DocumentId, StoredDocument>()
  let nextKey = 1

  function firstKeyFor(document: NewDocument, newKeys: boolean): number {
    const present = newKeys ? undefined : stored.get(document.id)?.document
    if (present !== undefined && keepsKeys(present, document)) return present.firstKey
    const firstKey = nextKey
    nextKey += Math.max(1, document.passageCount)
    return firstKey
  }

  return {
    documents: async () =>
      [...stored.values()].map(({ document }) => document).toSorted((a, b) => a.firstKey - b.firstKey),
    has: async id => stored.has(id),
    put: async (document, contents, vectors, { newKeys = false } = {}) => {
      const kept = { ...document, firstKey: firstKeyFor(document, newKeys) }
      stored.set(document.id, structuredCopy({ document: kept, contents, vectors }))
      return kept
    },
    remove: async id => {
      const removed = stored.get(id)
      stored.delete(id)
      return removed
    },
    contents: async id => stored.get(id)?.contents,
    passages: async addresses =>
      addresses.map(({ id, passage }) => {
        const contents = stored.get(id)?.contents
        const found = contents?.passages[passage]
        return found && { ...found, text: contents?.text.slice(found.start, found.end) ?? '' }
      }),
    load: async ids => ids.flatMap(id => stored.get(id) ?? []).map(structuredCopy),
    clear: async () => stored.clear(),
    usage: async () => ({
      used: [...stored.values()].reduce(
        (sum, { contents, vectors }) => sum + 2 * contents.text.length + vectors.byteLength,
        0,
      ),
      quota: Number.MAX_SAFE_INTEGER,
    }),
  }
}

function structuredCopy({ document, contents, vectors }: StoredDocument): StoredDocument {
  return { document, contents, vectors: vectors.slice() }
}
