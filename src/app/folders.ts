import { documentsFrom, goneFrom, type KnownFolder } from '../core/compare-folder.ts'
import type { DocumentId, LibraryDocument } from '../core/document.ts'
import { messageOf } from '../core/errors.ts'
import type { Emit, FileState } from '../core/events.ts'
import type { FolderHandle, FolderState, RememberedFolder } from '../core/folder-state.ts'
import type { SourceFile } from '../core/ports/files.ts'
import type { FolderReader, FolderStore } from '../core/ports/folders.ts'
import type { Library } from '../core/ports/library.ts'
import type { Clock, Cryptography } from '../core/ports/platform.ts'
import { createDroppedFiles } from './dropped-files.ts'
import { createFolderNotes, type FolderNotes, tellsOfFile } from './folder-notes.ts'
import type { Folders } from './folders-api.ts'
import { lookAtFolder } from './look-at-folder.ts'

export interface FoldersPorts {
  readonly folders: FolderStore
  readonly folderReader: FolderReader
  readonly library: Pick<Library, 'documents'>
  readonly clock: Clock
  readonly cryptography: Pick<Cryptography, 'randomBytes'>
}

export interface FolderActions {
  readonly add: (files: readonly SourceFile[]) => void
  /** Removes documents without offering to have them back. */
  readonly remove: (ids: readonly DocumentId[]) => Promise<void>
  /** Tells of a failure. */
  readonly failed: (error: unknown) => void
}

export interface FolderKeeper extends Folders {
  /** Files wait to be read. */
  added(files: readonly SourceFile[]): void
  /** Looks at all that may be read without asking. */
  lookAtAll(): Promise<void>
  /** Adding has come to an end for now. */
  rested(): void
  /** Tells of the folders, where there are any, after the library has changed. Never rejects. */
  follow(): Promise<void>
  /** Forgets all folders. */
  clear(): Promise<void>
  readonly origins: Pick<FolderNotes, 'settled' | 'hasElsewhere'>
}

interface Watch {
  readonly signal: { aborted: boolean }
  seen: number
}

export function createFolders(
  { folders: store, folderReader: reader, library, clock, cryptography }: FoldersPorts,
  { add, remove, failed }: FolderActions,
  emit: Emit,
): FolderKeeper {
  const notes = createFolderNotes(store)
  const looks = new Map<string, Watch>()
  const problems = new Map<string, readonly string[]>()
  /** Files that were added and have not settled: a look does not add them again. */
  const pending = new Set<string>()
  const dropped = createDroppedFiles()
  /** Whether the page shows any. */
  let hasTold = false

  const documents = async () =>
    new Map(
      (await library.documents()).map((document): [DocumentId, LibraryDocument] => [document.id, document]),
    )

  async function load(): Promise<readonly RememberedFolder[]> {
    const all = await store.folders()
    await notes.load(all.map(({ id }) => id))
    return all
  }

  async function stateOf(
    folder: RememberedFolder,
    known: readonly KnownFolder[],
    inLibrary: ReadonlyMap<DocumentId, LibraryDocument>,
  ): Promise<FolderState> {
    const gone = goneFrom(known, folder.id, inLibrary)
    return {
      ...folder,
      access: await reader.access(folder.handle).catch(() => 'denied' as const),
      looking: looks.get(folder.id)?.seen,
      documents: documentsFrom(known, folder.id, inLibrary).length,
      gone: gone.paths,
      goneDocuments: gone.documents.length,
      problems: problems.get(folder.id) ?? [],
    }
  }

  async function tell(): Promise<void> {
    await notes.flush()
    const all = await load()
    const inLibrary = await documents()
    const states = await Promise.all(all.map(folder => stateOf(folder, notes.known(), inLibrary)))
    hasTold = states.length > 0
    emit({ type: 'folders-changed', folders: states })
  }

  function addNew(files: readonly SourceFile[]): void {
    const unknown = files.filter(file => !pending.has(signatureOf(file)) && !wasDropped(file))
    for (const file of unknown) pending.add(signatureOf(file))
    if (unknown.length > 0) add(unknown)
  }

  /** A changed file replaces what it gave before, whoever has read it meanwhile. */
  function wasDropped(file: SourceFile): boolean {
    const claimed = file.replaces === undefined ? dropped.claim(file) : undefined
    if (claimed !== undefined && claimed !== 'waits') notes.settled(file, claimed.state, claimed.given)
    return claimed !== undefined
  }

  function settled(file: SourceFile, state: FileState, given: readonly DocumentId[]): void {
    pending.delete(signatureOf(file))
    notes.settled(file, state, given)
    if (file.folder !== undefined) return
    if (!tellsOfFile(state)) return dropped.dropped(file)
    const folder = dropped.settled(file, { state, given })
    if (folder !== undefined) notes.settled({ ...file, folder }, state, given)
  }

  async function look(folder: RememberedFolder): Promise<void> {
    if (looks.has(folder.id)) return
    const watch: Watch = { signal: { aborted: false }, seen: 0 }
    looks.set(folder.id, watch)
    await tell()
    try {
      const progressed = (files: number) => {
        watch.seen = files
        emit({ type: 'folder-progressed', id: folder.id, files })
      }
      const ports = { reader, clock, known: notes.known(), documents, add: addNew, progressed }
      const seen = await lookAtFolder(folder, ports, watch.signal)
      problems.set(folder.id, seen?.problems ?? [])
      if (seen !== undefined) await noteLook(folder, seen.gone)
    } catch (error) {
      problems.set(folder.id, [messageOf(error)])
    } finally {
      looks.delete(folder.id)
    }
    await tell()
  }

  async function noteLook(folder: RememberedFolder, gone: KnownFolder['files']): Promise<void> {
    await notes.note(folder.id, gone)
    const isKept = (await store.folders()).some(({ id }) => id === folder.id)
    // It may have been forgotten meanwhile.
    if (isKept) await store.put({ ...folder, lookedAt: clock.now() })
  }

  async function remembered(handle: FolderHandle): Promise<RememberedFolder> {
    for (const folder of await store.folders()) {
      if (await reader.isSame(folder.handle, handle)) return folder
    }
    const folder = {
      id: hexOf(cryptography.randomBytes(16)),
      name: handle.name,
      handle,
      addedAt: clock.now(),
    }
    await store.put(folder)
    return folder
  }

  async function lookAt(id: string): Promise<void> {
    const folder = (await load()).find(one => one.id === id)
    if (folder !== undefined) await look(folder)
  }

  async function forgetDocuments(
    find: (
      known: readonly KnownFolder[],
      all: Awaited<ReturnType<typeof documents>>,
    ) => readonly DocumentId[],
  ) {
    await load()
    await remove(find(notes.known(), await documents()))
  }

  async function forgetFolder(id: string, withDocuments: boolean): Promise<void> {
    const watch = looks.get(id)
    if (watch !== undefined) watch.signal.aborted = true
    if (withDocuments) await forgetDocuments((known, all) => documentsFrom(known, id, all))
    await store.forget(id)
    notes.forget(id)
    problems.delete(id)
    await tell()
  }

  async function forgetGone(id: string): Promise<void> {
    await forgetDocuments((known, all) => goneFrom(known, id, all).documents)
    const files = notes.known().find(folder => folder.id === id)?.files ?? []
    await notes.drop(
      id,
      files.filter(file => file.gone === true).map(({ path }) => path),
    )
    await tell()
  }

  return {
    origins: { hasElsewhere: notes.hasElsewhere, settled },
    added(files) {
      for (const file of files) if (file.folder !== undefined) pending.add(signatureOf(file))
      dropped.added(files.filter(({ folder }) => folder === undefined))
    },
    rememberFolder: handle =>
      remembered(handle)
        .then(folder => lookAt(folder.id))
        .catch(failed),
    lookAtFolder: id => lookAt(id).catch(failed),
    async cancelLook(id) {
      const watch = looks.get(id)
      if (watch !== undefined) watch.signal.aborted = true
    },
    forgetFolder: (id, withDocuments) => forgetFolder(id, withDocuments).catch(failed),
    forgetGone: id => forgetGone(id).catch(failed),
    measureFolders: () => tell().catch(failed),
    async lookAtAll() {
      for (const folder of await load().catch(() => [])) {
        const access = await reader.access(folder.handle).catch(() => 'denied' as const)
        if (access === 'granted') await look(folder).catch(failed)
      }
    },
    rested() {
      pending.clear()
      dropped.rested()
    },
    async follow() {
      const all = await store.folders().catch(() => [])
      if (all.length > 0 || hasTold) await tell().catch(() => undefined)
    },
    async clear() {
      for (const { signal } of looks.values()) signal.aborted = true
      dropped.clear()
      await store.clear().then(tell).catch(failed)
    },
  }
}

function hexOf(bytes: Uint8Array): string {
  return [...bytes].map(byte => byte.toString(16).padStart(2, '0')).join('')
}

function signatureOf({ folder, path, modifiedAt, blob }: SourceFile): string {
  return `${folder} ${blob.size} ${modifiedAt} ${path}`
}
