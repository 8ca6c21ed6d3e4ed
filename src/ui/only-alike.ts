import type { DocumentId, LibraryDocument } from '../core/document.ts'

/** Of `documents` those that say nearly the same as others, with these right behind the first of them. */
export function onlyAlike(
  documents: readonly LibraryDocument[],
  alike: ReadonlyMap<DocumentId, readonly LibraryDocument[]>,
): LibraryDocument[] {
  const listed = new Set<LibraryDocument>()
  const wanted = new Set(documents)
  const list = (document: LibraryDocument) => {
    if (!wanted.has(document) || listed.has(document)) return false
    listed.add(document)
    return true
  }
  for (const document of documents) {
    const waiting = alike.has(document.id) ? [document] : []
    for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
      if (list(next)) waiting.push(...(alike.get(next.id) ?? []))
    }
  }
  return [...listed]
}
