import type { LibraryDocument } from '../core/document.ts'
import type { Library } from '../core/ports/library.ts'
import type { Tabs } from '../core/ports/tabs.ts'
import type { NotedFile, WaitingFile, WaitingFiles } from '../core/ports/waiting-files.ts'

export interface WaitingPorts {
  readonly tabs: Pick<Tabs, 'id' | 'living'>
  readonly waiting: WaitingFiles
  readonly library: Pick<Library, 'documents' | 'usage'>
}

/** What tabs have noted that have ended; empty where the browser does not tell which ones live. */
export async function ofDeadTabs({ tabs, waiting }: WaitingPorts): Promise<NotedFile[]> {
  // In this order: a tab that has noted something lived before it did.
  const files = await waiting.all()
  const living = await tabs.living()
  return living === undefined ? [] : files.filter(({ tab }) => !living.has(tab))
}

/**
 * Tells which files the library has: a tab may have ended between storing a document and saying so, and somebody may have
 * added its files again. Of those that replace documents nobody knows whether that was done.
 */
export async function knownIn({ library }: WaitingPorts): Promise<(file: WaitingFile) => boolean> {
  const stored = new Set((await library.documents()).map(signatureOf))
  return file => file.replaces === undefined && stored.has(signatureOf(file))
}

/** Tells files apart as well as can be done without reading them. */
function signatureOf({ path, bytes, modifiedAt }: WaitingFile | LibraryDocument): string {
  return `${bytes} ${modifiedAt} ${path}`
}
