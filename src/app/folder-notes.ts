import { hasElsewhere, type KnownFolder } from '../core/compare-folder.ts'
import type { DocumentId } from '../core/document.ts'
import type { ErrorCode } from '../core/errors.ts'
import type { FileState } from '../core/events.ts'
import type { FolderFile } from '../core/folder-state.ts'
import type { SourceFile } from '../core/ports/files.ts'
import type { FolderStore } from '../core/ports/folders.ts'

/** What was read of remembered folders: in memory as it is stored. */
export interface FolderNotes {
  /** Of these folders, as they are stored now: another tab may have written. */
  load(ids: readonly string[]): Promise<readonly KnownFolder[]>
  known(): readonly KnownFolder[]
  note(id: string, files: readonly FolderFile[]): Promise<void>
  drop(id: string, paths: readonly string[]): Promise<void>
  forget(id: string): void
  /** A file was read to its end. `given` is what it gave, or was the same as. */
  settled(file: SourceFile, state: FileState, given: readonly DocumentId[]): void
  /** Whether another file has this document too, so that it stays when `file` replaces it. */
  hasElsewhere(file: SourceFile, document: DocumentId): boolean
  /** Resolves when all that has settled is stored. */
  flush(): Promise<void>
}

/** These say nothing of the file: it is read again the next time. */
const NOT_THE_FILE: ReadonlySet<ErrorCode | undefined> = new Set<ErrorCode>([
  'StorageFull',
  'StorageUnavailable',
  'NewerBelfry',
  'EncoderFailed',
  'Cancelled',
])

/** Whether a file need not be read again before it changes. */
export function tellsOfFile(state: FileState): boolean {
  return state.kind !== 'cancelled' && (state.kind !== 'failed' || !NOT_THE_FILE.has(state.code))
}

export function createFolderNotes(store: Pick<FolderStore, 'files' | 'note' | 'dropFiles'>): FolderNotes {
  const folders = new Map<string, Map<string, FolderFile>>()
  let unwritten = new Map<string, FolderFile[]>()
  let last: Promise<unknown> = Promise.resolve()

  function set(id: string, files: readonly FolderFile[]): void {
    const known = folders.get(id) ?? new Map<string, FolderFile>()
    for (const file of files) known.set(file.path, file)
    folders.set(id, known)
  }

  const known = () => [...folders].map(([id, files]) => ({ id, files: [...files.values()] }))

  async function write(): Promise<void> {
    const writing = unwritten
    unwritten = new Map()
    for (const [id, files] of writing) await store.note(id, files)
  }

  /** Files that settle while others are written share the next turn. A note that fails costs a reading, no more. */
  function later(id: string, file: FolderFile): void {
    if (unwritten.size === 0) last = last.then(write).catch(() => undefined)
    unwritten.set(id, [...(unwritten.get(id) ?? []), file])
  }

  return {
    async load(ids) {
      // In turn with the writes, so that what has settled is either stored or waits to be.
      const reading = last.then(async () =>
        Promise.all(ids.map(async id => ({ id, files: await store.files(id) }))),
      )
      last = reading.catch(() => undefined)
      const read = await reading
      folders.clear()
      for (const { id, files } of read) set(id, files)
      for (const [id, files] of unwritten) set(id, files)
      return known()
    },
    known,
    async note(id, files) {
      if (files.length === 0) return
      set(id, files)
      await store.note(id, files)
    },
    async drop(id, paths) {
      for (const path of paths) folders.get(id)?.delete(path)
      await store.dropFiles(id, paths)
    },
    forget: id => void folders.delete(id),
    settled({ folder, path, blob, modifiedAt, replaces = [] }, state, given) {
      if (folder === undefined || !tellsOfFile(state)) return
      // What an earlier version gave stays when this one cannot be read.
      const documents = given.length > 0 ? given : replaces
      const file = { path, bytes: blob.size, modifiedAt, documents }
      set(folder, [file])
      later(folder, file)
    },
    hasElsewhere: ({ folder = '', path }, document) =>
      hasElsewhere(
        [...folders].map(([id, files]) => ({ id, files: files.values() })),
        folder,
        path,
        document,
      ),
    async flush() {
      await last
    },
  }
}
