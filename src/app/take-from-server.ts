import type { LibraryDocument, StoredDocument } from '../core/document.ts'
import type { Emit } from '../core/events.ts'
import type { Encoder } from '../core/ports/encoder.ts'
import type { Clock } from '../core/ports/platform.ts'
import { forget, indexDocument, type Indexes } from './indexes.ts'

/** What the indexes and the page hear of a library that somebody else changes. */
export interface TakeFromServer {
  onTaken(stored: StoredDocument): Promise<void>
  onRemoved(document: LibraryDocument): Promise<void>
  /** Brings in what could not be indexed at once; nothing when nothing was changed. Never rejects. */
  settle(): Promise<void>
}

export interface TakeFromServerPorts {
  readonly indexes: Indexes
  /** Texts that are remembered. */
  readonly passages: { forget(): void }
  readonly clock: Clock
  readonly encoder: () => Encoder | undefined
  /** After the library was changed: what is not in the indexes yet gets there. Never rejects. */
  readonly settled: () => Promise<void>
}

export function createTakeFromServer(ports: TakeFromServerPorts, emit: Emit): TakeFromServer {
  const { indexes, passages, clock, encoder, settled } = ports
  let hasChanged = false

  async function isSearchable({ document, vectors }: StoredDocument): Promise<boolean> {
    const info = await encoder()?.info()
    return document.space === info?.space && vectors.length === document.passageCount * (info?.dimension ?? 0)
  }

  return {
    async onTaken(stored) {
      hasChanged = true
      emit({ type: 'document-added', document: stored.document })
      if (!(await isSearchable(stored))) return
      // The library is the truth; reconciling, which follows, brings an index up that failed here.
      await indexDocument(stored, indexes, clock).catch(() => undefined)
    },
    async onRemoved(document) {
      hasChanged = true
      await forget(document, indexes)
      passages.forget()
      emit({ type: 'document-replaced', id: document.id })
    },
    async settle() {
      if (!hasChanged) return
      hasChanged = false
      await settled()
    },
  }
}
