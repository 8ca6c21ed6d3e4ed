/** Folders by the handles of the File System API: those of `showDirectoryPicker`, and of the origin's private files. */
import { failure } from '../core/errors.ts'
import type { FolderAccess, FolderHandle } from '../core/folder-state.ts'
import type { UnreadablePart } from '../core/ports/extractor.ts'
import type { SourceFile } from '../core/ports/files.ts'
import type { FolderReader, FolderSlice } from '../core/ports/folders.ts'
import { isMeant } from '../core/text/meant-path.ts'

/** Files in a slice. */
const SLICE = 200
/** Folders in folders. Browsers leave links out; this holds where one does not, or a file system is broken. */
const DEEPEST = 100
/** Files that are asked for at a time: each answer comes from another process. */
const AT_ONCE = 16

interface Visit {
  readonly folder: FileSystemDirectoryHandle
  readonly path: string
  readonly depth: number
}

interface FileVisit {
  readonly file: FileSystemFileHandle
  readonly path: string
}

/** Chromium alone asks for permissions; a handle without that may be read. */
interface AskedHandle extends FileSystemDirectoryHandle {
  queryPermission?(descriptor: { readonly mode: 'read' }): Promise<FolderAccess>
}

export function createHandleFolderReader(): FolderReader {
  return {
    async access(folder) {
      const handle: AskedHandle = directoryOf(folder)
      return (await handle.queryPermission?.({ mode: 'read' })) ?? 'granted'
    },
    isSame: (one, other) => directoryOf(one).isSameEntry(directoryOf(other)),
    read: folder => readFolder(directoryOf(folder)),
    find: (folder, path) => find(directoryOf(folder), path).catch(() => undefined),
  }
}

async function* readFolder(root: FileSystemDirectoryHandle): AsyncGenerator<FolderSlice> {
  const folders: Visit[] = [{ folder: root, path: root.name, depth: 1 }]
  for (let next = folders.pop(); next !== undefined; next = folders.pop()) {
    for await (const slice of readOne(next, folders)) yield slice
  }
}

/** The files of one folder; the folders in it are put on the list. */
async function* readOne(visit: Visit, folders: Visit[]): AsyncGenerator<FolderSlice> {
  const { folder, path, depth } = visit
  let files: FileVisit[] = []
  try {
    for await (const [name, entry] of folder.entries()) {
      if (!isMeant(name)) continue
      const below = `${path}/${name}`
      if (isFile(entry)) files.push({ file: entry, path: below })
      else if (isDirectory(entry) && depth < DEEPEST) {
        folders.push({ folder: entry, path: below, depth: depth + 1 })
      } else yield problem(below, `“${below}” lies in more than ${DEEPEST} folders, and was left out.`)
      if (files.length < SLICE) continue
      yield await sliceOf(files)
      files = []
    }
  } catch (error) {
    if (depth === 1) throw failure('UnreadableFile', rootReason(path, error), error)
    yield problem(path, `The folder “${path}” could not be opened (${nameOf(error)}).`)
  }
  if (files.length > 0) yield await sliceOf(files)
}

async function find(root: FileSystemDirectoryHandle, path: string): Promise<SourceFile | undefined> {
  const [top, ...below] = path.split('/')
  const name = below.pop()
  if (top !== root.name || name === undefined) return undefined
  let folder = root
  for (const part of below) folder = await folder.getDirectoryHandle(part)
  const file = await seen({ file: await folder.getFileHandle(name), path })
  return file === undefined || 'reason' in file ? undefined : file
}

async function sliceOf(visits: readonly FileVisit[]): Promise<FolderSlice> {
  const files: SourceFile[] = []
  const problems: UnreadablePart[] = []
  for (let start = 0; start < visits.length; start += AT_ONCE) {
    for (const one of await Promise.all(visits.slice(start, start + AT_ONCE).map(seen))) {
      if (one === undefined) continue
      if ('reason' in one) problems.push(one)
      else files.push(one)
    }
  }
  return { files, problems }
}

/** `undefined` for a file that is gone by now: it is as if it had never been seen. */
async function seen({ file, path }: FileVisit): Promise<SourceFile | UnreadablePart | undefined> {
  try {
    const blob = await file.getFile()
    return { name: file.name, path, modifiedAt: blob.lastModified, blob }
  } catch (error) {
    if (nameOf(error) === 'NotFoundError') return undefined
    return { path, reason: `“${path}” could not be opened (${nameOf(error)}).` }
  }
}

function problem(path: string, reason: string): FolderSlice {
  return { files: [], problems: [{ path, reason }] }
}

function rootReason(name: string, error: unknown): string {
  if (nameOf(error) === 'NotFoundError') {
    return `The folder “${name}” is not there any more: it was moved, renamed or deleted, or its disk is not connected.`
  }
  return `The folder “${name}” could not be opened (${nameOf(error)}).`
}

function nameOf(error: unknown): string {
  return error instanceof Error || error instanceof DOMException ? error.name : String(error)
}

function directoryOf(folder: FolderHandle): FileSystemDirectoryHandle {
  if (folder instanceof FileSystemDirectoryHandle) return folder
  throw new Error(`expected a FileSystemDirectoryHandle, got ${Object.prototype.toString.call(folder)}`)
}

function isFile(entry: FileSystemHandle): entry is FileSystemFileHandle {
  return entry.kind === 'file'
}

function isDirectory(entry: FileSystemHandle): entry is FileSystemDirectoryHandle {
  return entry.kind === 'directory'
}
