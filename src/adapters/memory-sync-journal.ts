import type { DocumentId } from '../core/document.ts'
import type { ConflictCopy, SyncEntry, SyncJournal, SyncState } from '../core/ports/sync-journal.ts'

/** The journal in memory: the oracle of its suite. */
export function createMemorySyncJournal(): SyncJournal {
  const entries = new Map<DocumentId, SyncEntry>()
  const copies = new Map<string, ConflictCopy>()
  let state: SyncState | undefined
  return {
    state: async () => state,
    keepState: async kept => {
      state = kept
    },
    entries: async () => [...entries.values()],
    put: async changed => {
      for (const entry of changed) entries.set(entry.id, entry)
    },
    drop: async ids => {
      for (const id of ids) entries.delete(id)
    },
    keepCopy: async copy => void copies.set(`${copy.id} ${copy.revision}`, copy),
    copies: async () => [...copies.values()].toSorted((a, b) => a.keptAt - b.keptAt),
    dropCopy: async (id, revision) => void copies.delete(`${id} ${revision}`),
    clear: async () => {
      entries.clear()
      copies.clear()
      state = undefined
    },
  }
}
