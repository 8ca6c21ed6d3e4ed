import type { DocumentId, LibraryDocument } from '../document.ts'
import type { SyncEntry, Taking } from '../ports/sync-journal.ts'
import { follow, type Revision } from './revision.ts'

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
  taking: Taking | undefined,
  fingerprint: (row: LibraryDocument) => string,
  revision: () => Revision,
): SyncEntry[] {
  const changed: SyncEntry[] = []
  for (const id of ids) {
    const row = rows.get(id)
    const print = row && fingerprint(row)
    const entry = known(id)
    if (taking?.id === id && wasTaken(taking, entry, print)) changed.push(taken(taking))
    else if (entry === undefined ? print !== undefined : entry.fingerprint !== print) {
      changed.push(edited(id, entry, print, revision()))
    }
  }
  return changed
}

/** The entry of a document whose library holds what the server has. */
export function taken(taking: Taking): SyncEntry {
  return { ...taking, dirty: false }
}

/** The entry would have its revision, had it been written. */
function wasTaken(taking: Taking, entry: SyncEntry | undefined, fingerprint: string | undefined): boolean {
  return taking.fingerprint === fingerprint && (entry === undefined || entry.revision < taking.revision)
}

function edited(
  id: DocumentId,
  entry: SyncEntry | undefined,
  fingerprint: string | undefined,
  revision: Revision,
): SyncEntry {
  return {
    id,
    revision,
    follows: follow(entry?.revision, entry?.follows),
    ...(entry?.base === undefined ? {} : { base: entry.base }),
    ...(fingerprint === undefined ? {} : { fingerprint }),
    dirty: true,
  }
}
