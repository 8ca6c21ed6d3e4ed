import type { DocumentId, LibraryDocument } from '../document.ts'
import type { SyncEntry, SyncState } from '../ports/sync-journal.ts'
import type { Revision } from './revision.ts'

/**
 * The entries that differ from the library, as they are to be: what was added, edited and removed here since it was
 * looked at last. What the library was about to be made to hold, and holds, is no change of this device's.
 * @param rows Of all documents in the library that are asked about; those in `ids` that have none were removed.
 * @param revision The next one; asked for once for each change.
 */
export function localChanges(
  ids: Iterable<DocumentId>,
  rows: ReadonlyMap<DocumentId, LibraryDocument>,
  known: (id: DocumentId) => SyncEntry | undefined,
  taking: SyncState['taking'],
  fingerprint: (row: LibraryDocument) => string,
  revision: () => Revision,
): SyncEntry[] {
  const changed: SyncEntry[] = []
  for (const id of ids) {
    const row = rows.get(id)
    const print = row && fingerprint(row)
    const entry = known(id)
    if (taking?.id === id && taking.fingerprint === print) changed.push(taken(taking))
    else if (entry === undefined ? print !== undefined : entry.fingerprint !== print) {
      changed.push(edited(id, entry, print, revision()))
    }
  }
  return changed
}

/** The entry of a document whose library holds what the server has. */
export function taken(taking: NonNullable<SyncState['taking']>): SyncEntry {
  return { ...taking, base: taking.revision, dirty: false }
}

function edited(
  id: DocumentId,
  entry: SyncEntry | undefined,
  fingerprint: string | undefined,
  revision: Revision,
): SyncEntry {
  const base = entry?.base === undefined ? {} : { base: entry.base }
  return { id, revision, ...base, ...(fingerprint === undefined ? {} : { fingerprint }), dirty: true }
}
