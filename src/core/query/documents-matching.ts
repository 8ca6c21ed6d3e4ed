import type { LibraryDocument } from '../document.ts'
import type { DocumentFilter } from './parse-query.ts'

/** Documents that fulfil all filters. Filters of the same kind are alternatives, but for dates, which narrow each other. */
export function documentsMatching(
  filters: readonly DocumentFilter[],
  documents: readonly LibraryDocument[],
): LibraryDocument[] {
  const wanted = joined(filters)
  return documents.filter(document => wanted.every(filter => matches(document, filter) !== filter.not))
}

/** `type:md type:html` asks for either; `-type:md -type:html` for none of both. */
function joined(filters: readonly DocumentFilter[]): DocumentFilter[] {
  const together: DocumentFilter[] = []
  for (const filter of filters) {
    const same = together.findIndex(other => other.field === filter.field && other.not === filter.not)
    const first = together[same]
    if (first === undefined || first.field === 'date' || filter.field === 'date') together.push(filter)
    else together[same] = { ...first, values: [...first.values, ...filter.values] }
  }
  return together
}

function matches(document: LibraryDocument, filter: DocumentFilter): boolean {
  switch (filter.field) {
    case 'date':
      return document.modifiedAt >= filter.range.from && document.modifiedAt < filter.range.until
    case 'folder':
      return filter.values.some(value => isBelow(document, value))
    case 'type':
      return filter.values.some(value => isOfType(document, value))
  }
}

/** Whether a folder above the file is called, or begins, like `folder`, which may be several: `notes/2024`. */
function isBelow({ path }: LibraryDocument, folder: string): boolean {
  const folders = path.slice(0, path.lastIndexOf('/') + 1).toLowerCase()
  return `/${folders}`.includes(`/${folder.replace(/^\//, '')}`)
}

/** What the media types of files are called when people speak of them. */
const NAMES: Readonly<Record<string, readonly string[]>> = {
  'text/plain': ['text', 'plain', 'txt'],
  'text/markdown': ['markdown', 'md'],
  'text/html': ['html', 'htm', 'web', 'page'],
  'application/xhtml+xml': ['xhtml', 'html', 'web', 'page'],
}

/** Whether the file's extension, or a name of its type, is or begins like `type`. */
function isOfType({ name, mediaType }: LibraryDocument, type: string): boolean {
  const extension = /\.([^.]+)$/.exec(name)?.[1]?.toLowerCase() ?? ''
  const names = [extension, mediaType.replace(/^.*\//, ''), ...(NAMES[mediaType] ?? [])]
  return type === mediaType || names.some(one => one.startsWith(type.replace(/^\./, '')))
}
