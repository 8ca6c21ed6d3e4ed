/** What has changed in a remembered folder since its files were read. */
import type { DocumentId, LibraryDocument } from './document.ts'
import type { FolderFile } from './folder-state.ts'

/** What is known of one remembered folder. */
export interface KnownFolder {
  readonly id: string
  readonly files: readonly FolderFile[]
}

/** A file as it is now. */
export interface Sighting {
  readonly path: string
  readonly bytes: number
  readonly modifiedAt: number
}

export interface FolderView {
  readonly found: readonly Sighting[]
  /** Paths of files, and of folders with all below them, that could not be looked at: nothing is said of these. */
  readonly unseen: readonly string[]
}

export interface FolderDifference {
  /**
   * New and changed files by path, and the documents that each replaces. Changed ones come first: then a document that is
   * replaced here and found elsewhere, because its file was moved, is read there when it has been removed.
   */
  readonly read: ReadonlyMap<string, readonly DocumentId[]>
  /** Files that are gone since, to be noted as that. One that comes back is read again. */
  readonly gone: readonly FolderFile[]
}

type Documents = ReadonlyMap<DocumentId, LibraryDocument>

/**
 * Compares paths, sizes and times; no file is read. Before a document is replaced, `hasElsewhere` is to be asked.
 * @param folders All that are remembered.
 * @param id Of the one that was looked at.
 */
export function compareFolder(
  { found, unseen }: FolderView,
  folders: readonly KnownFolder[],
  id: string,
  documents: Documents,
): FolderDifference {
  const known = filesOf(folders, id, documents)
  const now = new Map(found.map(file => [file.path, file]))
  const isGone = (path: string) => !now.has(path) && !unseen.some(part => isWithin(path, part))
  const same = (file: FolderFile) => {
    const seen = now.get(file.path)
    return file.gone !== true && seen?.bytes === file.bytes && seen.modifiedAt === file.modifiedAt
  }
  const files = [...known.values()]

  const changed = found.flatMap(({ path }): [string, DocumentId[]][] => {
    const file = known.get(path)
    if (file === undefined || same(file)) return []
    return [[path, ownDocuments(file, folders, id, documents)]]
  })
  const fresh = found
    .filter(({ path }) => !known.has(path))
    .map(({ path }): [string, DocumentId[]] => [path, []])
  const gone = files
    .filter(file => file.gone !== true && isGone(file.path))
    .map(file => ({ ...file, gone: true as const }))
  return { read: new Map([...changed, ...fresh]), gone }
}

/** Whether a file that is there, other than the one at `path` of the folder `id`, has this document too. */
export function hasElsewhere(
  folders: Iterable<{ readonly id: string; readonly files: Iterable<FolderFile> }>,
  id: string,
  path: string,
  document: DocumentId,
): boolean {
  for (const folder of folders) {
    for (const file of folder.files) {
      const isItself = folder.id === id && file.path === path
      if (!isItself && file.gone !== true && file.documents.includes(document)) return true
    }
  }
  return false
}

/** What is left of files that are gone, less what files that are there have too. */
export function goneFrom(
  folders: readonly KnownFolder[],
  id: string,
  documents: Documents,
): { readonly paths: readonly string[]; readonly documents: readonly DocumentId[] } {
  const claimed = new Set<DocumentId>()
  for (const folder of folders) claimAll(folder.files, claimed)
  const left = new Set<DocumentId>()
  const paths: string[] = []
  for (const file of folders.find(folder => folder.id === id)?.files ?? []) {
    if (file.gone !== true) continue
    const own = ownDocuments(file, folders, id, documents).filter(one => !claimed.has(one))
    if (own.length > 0) paths.push(file.path)
    for (const document of own) left.add(document)
  }
  return { paths, documents: [...left] }
}

/** The documents that are in the library because of a folder: no other folder has them, and nobody dropped them. */
export function documentsFrom(
  folders: readonly KnownFolder[],
  id: string,
  documents: Documents,
): readonly DocumentId[] {
  const claimed = new Set<DocumentId>()
  for (const other of folders) if (other.id !== id) claimAll(other.files, claimed)
  const files = [...filesOf(folders, id, documents).values()]
  const own = new Set(files.flatMap(file => ownDocuments(file, folders, id, documents)))
  return [...own].filter(one => !claimed.has(one))
}

/** A document that was stored, but whose file had not been noted when the page ended, stands for its file. */
function filesOf(
  folders: readonly KnownFolder[],
  id: string,
  documents: Documents,
): ReadonlyMap<string, FolderFile> {
  const noted = new Map(folders.find(folder => folder.id === id)?.files.map(file => [file.path, file]))
  const unnoted = new Map<string, FolderFile>()
  for (const { id: document, source } of documents.values()) {
    if (source?.folder !== id || noted.has(source.path)) continue
    const { path } = source
    const given = [...(unnoted.get(path)?.documents ?? []), document]
    // Whether all of it was read is not known, so that it never equals the file that is there.
    unnoted.set(path, { path, bytes: -1, modifiedAt: source.modifiedAt, documents: given })
  }
  return new Map([...noted, ...unnoted])
}

/** Those of a file's documents that came into the library with it, and not by another way. */
function ownDocuments(
  { path, documents: given }: FolderFile,
  folders: readonly KnownFolder[],
  id: string,
  documents: Documents,
): DocumentId[] {
  return given.filter(one => {
    const document = documents.get(one)
    if (document === undefined) return false
    const folder = document.source?.folder
    if (folder === id) return true
    // The folder may have been dropped before it was remembered, or remembered before.
    const isElsewhere = folder !== undefined && folders.some(other => other.id === folder)
    return !isElsewhere && (document.source?.path ?? document.path) === path
  })
}

function claimAll(files: readonly FolderFile[], claimed: Set<DocumentId>): void {
  for (const file of files) {
    if (file.gone !== true) for (const document of file.documents) claimed.add(document)
  }
}

function isWithin(path: string, part: string): boolean {
  return path === part || path.startsWith(`${part}/`)
}
