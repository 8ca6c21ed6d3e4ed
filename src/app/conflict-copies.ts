import type { DocumentId, LibraryDocument, StoredDocument } from '../core/document.ts'
import type { Exclusive } from '../core/exclusive.ts'
import type { Library } from '../core/ports/library.ts'
import type { Clock } from '../core/ports/platform.ts'
import type { ConflictCopy, SyncJournal } from '../core/ports/sync-journal.ts'
import type { CopyState } from '../core/server-state.ts'
import type { Revision } from '../core/sync/revision.ts'

export interface ConflictCopyPorts {
  readonly journal: Pick<SyncJournal, 'copies' | 'dropCopy'>
  readonly library: Pick<Library, 'load' | 'put'>
  readonly exclusive: Exclusive
  readonly clock: Pick<Clock, 'now'>
  readonly onTaken: (stored: StoredDocument) => Promise<void>
  readonly onRemoved: (document: LibraryDocument) => Promise<void>
}

/** Oldest first. */
export async function listCopies({
  journal,
}: {
  readonly journal: Pick<SyncJournal, 'copies'>
}): Promise<CopyState[]> {
  return (await journal.copies()).map(({ id, revision, from, keptAt, stored }) => {
    return { id, revision, from, keptAt, title: stored.document.title }
  })
}

export async function findCopy(
  id: DocumentId,
  revision: Revision,
  { journal }: Pick<ConflictCopyPorts, 'journal'>,
): Promise<ConflictCopy | undefined> {
  return (await journal.copies()).find(copy => copy.id === id && copy.revision === revision)
}

/** Puts a copy into the library again, in place of the version that won: a change like any other, and the latest. */
export async function takeCopyBack(
  id: DocumentId,
  revision: Revision,
  ports: ConflictCopyPorts,
): Promise<void> {
  const copy = await findCopy(id, revision, ports)
  if (copy === undefined) return
  const { library, exclusive, onTaken, onRemoved, journal } = ports
  const { contents, vectors } = copy.stored
  // So that its row differs from the winner's, whatever else they have in common.
  const document = { ...copy.stored.document, addedAt: ports.clock.now() }
  await exclusive(async () => {
    const [winner] = await library.load([id])
    if (winner !== undefined) await onRemoved(winner.document)
    const kept = await library.put(document, contents, vectors, { newKeys: true })
    await onTaken({ document: kept, contents, vectors })
  })
  await journal.dropCopy(id, revision)
}
