import type { FolderState } from '../core/folder-state.ts'
import { formatCount, formatMany } from './numbers.ts'

/** "2 folders · 3 deleted documents": what the library's panel says of them; nothing where there are none. */
export function foldersLine(folders: readonly FolderState[], locale?: string): string | undefined {
  if (folders.length === 0) return undefined
  const parts = [formatMany(folders.length, 'folder', 'folders', locale)]
  const gone = folders.reduce((sum, folder) => sum + folder.goneDocuments, 0)
  if (folders.some(({ looking }) => looking !== undefined)) parts.push('looking')
  else if (folders.some(({ access }) => access !== 'granted')) parts.push('may not be read')
  if (gone > 0) parts.push(formatMany(gone, 'deleted document', 'deleted documents', locale))
  return parts.join(' · ')
}

/** "12 documents · looked at 20 Nov 2026, 14:05" */
export function folderSentence(folder: FolderState, locale?: string): string {
  const documents = formatMany(folder.documents, 'document', 'documents', locale)
  if (folder.looking !== undefined) {
    return `${documents} · looking: ${formatCount(folder.looking, locale)} files seen`
  }
  if (folder.lookedAt === undefined) return `${documents} · not looked at to its end yet`
  const format = new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeStyle: 'short' })
  return `${documents} · looked at ${format.format(folder.lookedAt)}`
}
