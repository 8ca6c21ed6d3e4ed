import type { LibraryDocument } from '../core/document.ts'

/** Whether every word of `filter` is in the document's title or path, whatever its case. */
export function matchesFilter(
  { title, path }: Pick<LibraryDocument, 'title' | 'path'>,
  filter: string,
): boolean {
  const names = `${title}\n${path}`.toLowerCase()
  return filter
    .toLowerCase()
    .split(/\s+/)
    .every(word => names.includes(word))
}
