import type { DocumentId, StoredDocument } from '../core/document.ts'
import type { Emit } from '../core/events.ts'
import type { Exclusive } from '../core/exclusive.ts'
import type { Library } from '../core/ports/library.ts'
import type { Clock } from '../core/ports/platform.ts'
import { forget, indexDocument, type Indexes } from './indexes.ts'
import type { Snapshots } from './snapshots.ts'

export interface RemovePorts {
  readonly library: Library
  readonly indexes: Indexes
  readonly clock: Clock
  readonly saved: Pick<Snapshots, 'drop'>
}

/** Forgets a document: the library first, then its caches. Resolves with what `putBack` needs to undo it. */
export async function remove(
  id: DocumentId,
  { library, indexes }: RemovePorts,
  emit: Emit,
): Promise<StoredDocument | undefined> {
  const removed = await library.remove(id)
  const document = removed?.document ?? indexes.catalogue.get(id)
  if (document === undefined) return undefined
  await forget(document, indexes)
  emit({ type: 'document-removed', id, title: document.title, undoable: removed !== undefined })
  return removed
}

/** Forgets documents that nobody asked about one by one, and cannot be had back. Others write in between. */
export async function removeAll(
  ids: readonly DocumentId[],
  { library, indexes }: Pick<RemovePorts, 'library' | 'indexes'>,
  exclusive: Exclusive,
  emit: Emit,
): Promise<void> {
  for (const id of ids) {
    await exclusive(async () => {
      const removed = await library.remove(id)
      if (removed === undefined) return
      await forget(removed.document, indexes)
      emit({ type: 'document-replaced', id })
    })
  }
}

/** Puts a removed document back, under new keys. */
export async function putBack(
  stored: StoredDocument,
  { library, indexes, clock }: RemovePorts,
  emit: Emit,
): Promise<void> {
  const document = await library.put(stored.document, stored.contents, stored.vectors)
  emit({ type: 'document-added', document })
  await indexDocument({ ...stored, document }, indexes, clock)
}

/** Forgets everything but the model. */
export async function clear({ library, indexes, saved }: RemovePorts, emit: Emit): Promise<void> {
  await library.clear()
  await saved.drop()
  indexes.catalogue.replaceAll([])
  indexes.likes?.clear()
  emit({ type: 'library-cleared' })
  await indexes.words.clear()
  await indexes.vectors?.clear()
}
