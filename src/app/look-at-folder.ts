import { compareFolder, type KnownFolder } from '../core/compare-folder.ts'
import type { DocumentId, LibraryDocument } from '../core/document.ts'
import type { FolderFile, FolderHandle } from '../core/folder-state.ts'
import type { UnreadablePart } from '../core/ports/extractor.ts'
import type { SourceFile } from '../core/ports/files.ts'
import type { FolderReader } from '../core/ports/folders.ts'
import type { Clock } from '../core/ports/platform.ts'
import type { CancelSignal } from './embed.ts'

export interface LookPorts {
  readonly reader: FolderReader
  readonly clock: Clock
  /** What was read before, of all remembered folders. */
  readonly known: readonly KnownFolder[]
  readonly documents: () => Promise<ReadonlyMap<DocumentId, LibraryDocument>>
  readonly add: (files: readonly SourceFile[]) => void
  /** Files seen so far. */
  readonly progressed: (files: number) => void
}

/** What came of a look; `undefined` when it was stopped. */
export interface Look {
  readonly gone: readonly FolderFile[]
  readonly problems: readonly string[]
}

/**
 * Finds what is new or has changed in a folder, and adds it. What is in a folder that nothing is known of is added while
 * the rest is being looked for.
 * @throws UnreadableFile when the folder cannot be read at all; nothing counts as gone then.
 */
export async function lookAtFolder(
  { id, handle }: { readonly id: string; readonly handle: FolderHandle },
  { reader, clock, known, documents, add, progressed }: LookPorts,
  signal: CancelSignal,
): Promise<Look | undefined> {
  const library = await documents()
  const isNew = isUnknown(id, known, library)
  const found: SourceFile[] = []
  const problems: UnreadablePart[] = []
  for await (const slice of reader.read(handle)) {
    if (signal.aborted) return undefined
    if (isNew && slice.files.length > 0) add(slice.files.map(file => ({ ...file, folder: id })))
    found.push(...slice.files)
    problems.push(...slice.problems)
    progressed(found.length)
    await clock.breathe()
  }
  if (signal.aborted) return undefined
  const reasons = problems.map(({ reason }) => reason)
  if (isNew) return { gone: [], problems: reasons }
  const view = { found: found.map(sightingOf), unseen: problems.map(({ path }) => path) }
  const { read, gone } = compareFolder(view, known, id, library)
  const byPath = new Map(found.map(file => [file.path, file]))
  const files = [...read].flatMap(([path, replaces]) => {
    const file = byPath.get(path)
    return file === undefined ? [] : [{ ...file, folder: id, ...(replaces.length === 0 ? {} : { replaces }) }]
  })
  if (files.length > 0) add(files)
  return { gone, problems: reasons }
}

function isUnknown(
  id: string,
  known: readonly KnownFolder[],
  library: ReadonlyMap<DocumentId, LibraryDocument>,
): boolean {
  if (known.some(folder => folder.id === id && folder.files.length > 0)) return false
  for (const { source } of library.values()) if (source?.folder === id) return false
  return true
}

function sightingOf({ path, blob, modifiedAt }: SourceFile) {
  return { path, bytes: blob.size, modifiedAt }
}
