import type { LibraryDocument } from './document.ts'

/** Bytes of a passage beside its words and its vector: bounds, heading, the database's own. */
const PASSAGE = 40

/** About how many bytes a document takes: its words, as many as the file they came from, and its vectors. */
export function storedSize(document: LibraryDocument, dimension: number): number {
  return document.bytes + document.passageCount * (4 * dimension + PASSAGE)
}
