import type { DocumentId, LibraryDocument, StoredDocument } from '../core/document.ts'
import { fingerprintOf } from '../core/sync/document-records.ts'
import { localChanges } from '../core/sync/local-changes.ts'
import type { SyncPorts } from './sync-api.ts'
import type { SyncBook } from './sync-book.ts'

/** Notes what has changed in the whole library, and gives its rows. */
export async function noteAll({ library }: Pick<SyncPorts, 'library'>, book: SyncBook) {
  const rows = new Map((await library.documents()).map(row => [row.id, row]))
  const ids = new Set([...rows.keys(), ...book.entries().map(({ id }) => id)])
  await note(ids, rows, book)
  return rows
}

/** Notes what has changed of some documents, and gives those that are there. */
export async function noteSome(
  ids: readonly DocumentId[],
  { library }: Pick<SyncPorts, 'library'>,
  book: SyncBook,
): Promise<Map<DocumentId, StoredDocument>> {
  const stored = await library.load(ids)
  await note(ids, new Map(stored.map(({ document }) => [document.id, document])), book)
  return new Map(stored.map(one => [one.document.id, one]))
}

async function note(
  ids: Iterable<DocumentId>,
  rows: ReadonlyMap<DocumentId, LibraryDocument>,
  book: SyncBook,
): Promise<void> {
  const { taking } = book.state()
  const changed = localChanges(
    ids,
    rows,
    book.entry,
    taking,
    row => fingerprintOf(row, book.hash),
    book.revise,
  )
  await book.put(changed)
}
