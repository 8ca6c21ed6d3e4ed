import type { LibraryDocument } from '../core/document.ts'

/** Whether every word of `filter` is in the document's title or path, whatever its case. */
export function matchesFilter(
  { title, path }: Pick<LibraryDocument, 'title' | 'path'>,
  filter: string,
): boolean {
  // Ten times a second of ten thousand documents, while they are added and nobody looks for one of them.
  if (filter === '') return true
  const names = `${title}\n${path}`.toLowerCase()
  return filter
    .toLowerCase()
    .split(/\s+/)
    .every(word => names.includes(word))
}
