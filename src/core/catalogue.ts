import type { DocumentId, LibraryDocument } from './document.ts'

/** Which passage of which document a key stands for. */
export interface KeyedPassage {
  readonly document: LibraryDocument
  readonly passage: number
}

/** The library's list in memory: documents by id, and by the keys of their passages in logarithmic time. */
export interface Catalogue {
  readonly size: number
  readonly passageCount: number
  get(id: DocumentId): LibraryDocument | undefined
  set(document: LibraryDocument): void
  delete(id: DocumentId): void
  /** `undefined` for a key whose document is gone: indexes may lag. */
  find(key: number): KeyedPassage | undefined
  /** In the order in which they were added. */
  documents(): readonly LibraryDocument[]
  replaceAll(documents: readonly LibraryDocument[]): void
}

export function createCatalogue(): Catalogue {
  const byId = new Map<DocumentId, LibraryDocument>()
  /** Ascending by first key. */
  let ordered: LibraryDocument[] = []
  let passageCount = 0

  /** The position of the first document whose first key is above `key`. */
  function above(key: number): number {
    let low = 0
    let high = ordered.length
    while (low < high) {
      const middle = (low + high) >>> 1
      if ((ordered[middle]?.firstKey ?? 0) <= key) low = middle + 1
      else high = middle
    }
    return low
  }

  const catalogue: Catalogue = {
    get size() {
      return byId.size
    },
    get passageCount() {
      return passageCount
    },
    get: id => byId.get(id),
    set(document) {
      catalogue.delete(document.id)
      byId.set(document.id, document)
      ordered.splice(above(document.firstKey), 0, document)
      passageCount += document.passageCount
    },
    delete(id) {
      const present = byId.get(id)
      if (present === undefined) return
      byId.delete(id)
      ordered.splice(above(present.firstKey) - 1, 1)
      passageCount -= present.passageCount
    },
    find(key) {
      const document = ordered[above(key) - 1]
      if (document === undefined || key >= document.firstKey + document.passageCount) return undefined
      return { document, passage: key - document.firstKey }
    },
    documents: () => ordered,
    replaceAll(documents) {
      byId.clear()
      for (const document of documents) byId.set(document.id, document)
      ordered = documents.toSorted((a, b) => a.firstKey - b.firstKey)
      passageCount = documents.reduce((sum, document) => sum + document.passageCount, 0)
    },
  }
  return catalogue
}

/** The keys of a document's passages, ascending. */
export function keysOf(document: LibraryDocument): Uint32Array {
  return Uint32Array.from({ length: document.passageCount }, (_, i) => document.firstKey + i)
}
