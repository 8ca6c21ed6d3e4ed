import type { DocumentContents, DocumentId } from '../core/document.ts'
import type { Library } from '../core/ports.ts'

/** Reads the words of documents, and keeps those used last, so that the next key stroke need not read them again. */
export interface ContentsCache {
  read(ids: readonly DocumentId[]): Promise<ReadonlyMap<DocumentId, DocumentContents>>
  forget(): void
}

/** About 32 MB of text, in UTF-16 units. */
const CAPACITY = 16 * 1024 * 1024

export function createContentsCache(library: Library, capacity = CAPACITY): ContentsCache {
  /** Least recently used first. */
  const kept = new Map<DocumentId, DocumentContents>()
  let size = 0

  function drop(id: DocumentId): void {
    size -= kept.get(id)?.text.length ?? 0
    kept.delete(id)
  }

  function keep(id: DocumentId, contents: DocumentContents): void {
    drop(id)
    kept.set(id, contents)
    size += contents.text.length
    for (const oldest of kept.keys()) {
      if (size <= capacity || oldest === id) return
      drop(oldest)
    }
  }

  return {
    async read(ids) {
      const missing = ids.filter(id => !kept.has(id))
      const read =
        missing.length === 0 ? new Map<DocumentId, DocumentContents>() : await library.contents(missing)
      const answer = new Map<DocumentId, DocumentContents>()
      for (const id of ids) {
        const contents = kept.get(id) ?? read.get(id)
        if (contents === undefined) continue
        answer.set(id, contents)
        keep(id, contents)
      }
      return answer
    },
    forget() {
      kept.clear()
      size = 0
    },
  }
}
