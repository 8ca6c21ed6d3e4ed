/** Files and whole folders out of a drop. */
import type { FolderHandle } from '../core/folder-state.ts'
import type { SourceFile } from '../core/ports/files.ts'
import { isMeant } from '../core/text/meant-path.ts'
import { type ChosenFile, sourceFiles } from './source-files.ts'

/**
 * Every file of a drop, with its path below what was dropped. Hidden files and folders inside dropped folders are left
 * out. Call it inside the event handler: the browser empties the transfer as soon as that returns, so all entries are
 * taken before anything is awaited.
 */
export async function readDroppedFiles(transfer: DataTransfer): Promise<SourceFile[]> {
  const dropped = [...transfer.items].filter(item => item.kind === 'file').map(takeItem)
  const found = await Promise.all(dropped.map(async item => readItem(item)))
  return sourceFiles(found.flat())
}

/** Chromium alone gives handles. */
interface HandledItem extends DataTransferItem {
  getAsFileSystemHandle?(): Promise<FolderHandle | FileSystemFileHandle | null>
}

/** The folders of a drop, in browsers that let a page look at one again. Call it inside the event handler, too. */
export async function readDroppedFolders(transfer: DataTransfer): Promise<FolderHandle[]> {
  const items: HandledItem[] = [...transfer.items].filter(item => item.webkitGetAsEntry()?.isDirectory)
  const found = await Promise.all(items.map(async item => item.getAsFileSystemHandle?.().catch(() => null)))
  return found.flatMap(handle => (handle?.kind === 'directory' ? [handle] : []))
}

interface DroppedItem {
  readonly entry: FileSystemEntry | null
  readonly file: File | null
}

function takeItem(item: DataTransferItem): DroppedItem {
  return { entry: item.webkitGetAsEntry(), file: item.getAsFile() }
}

async function readItem({ entry, file }: DroppedItem): Promise<ChosenFile[]> {
  if (entry !== null && isDirectory(entry)) return readFolder(entry)
  // A file's own object spares a second look-up, and is all there is when a script made the drop.
  return file === null ? [] : [{ file, path: file.name }]
}

/** Files that are asked for side by side. */
const AT_ONCE = 100

function slicesOf<T>(list: readonly T[], size: number): T[][] {
  return Array.from({ length: Math.ceil(list.length / size) }, (_, i) => list.slice(i * size, (i + 1) * size))
}

/** Every file below `folder`; those that vanish or cannot be opened meanwhile are left out. */
export async function readFolder(folder: FileSystemDirectoryEntry): Promise<ChosenFile[]> {
  const files: ChosenFile[] = []
  const folders = [folder]
  for (let next = folders.pop(); next !== undefined; next = folders.pop()) {
    const entries = (await readAllEntries(next)).filter(({ name }) => isMeant(name))
    folders.push(...entries.filter(isDirectory))
    // The browser answers them side by side; one after the other ten thousand take seconds.
    for (const some of slicesOf(entries.filter(isFile), AT_ONCE)) {
      files.push(...(await Promise.all(some.map(readFile))).flat())
    }
  }
  return files
}

/** `readEntries` gives at most 100 at a time and an empty list at the end. */
async function readAllEntries(folder: FileSystemDirectoryEntry): Promise<FileSystemEntry[]> {
  const reader = folder.createReader()
  const all: FileSystemEntry[] = []
  for (;;) {
    const some = await readSomeEntries(reader)
    if (some.length === 0) return all
    all.push(...some)
  }
}

async function readSomeEntries(reader: FileSystemDirectoryReader): Promise<FileSystemEntry[]> {
  return new Promise(resolve => reader.readEntries(resolve, () => resolve([])))
}

async function readFile(entry: FileSystemFileEntry): Promise<ChosenFile[]> {
  const path = entry.fullPath.replace(/^\//, '')
  return new Promise(resolve =>
    entry.file(
      file => resolve([{ file, path }]),
      () => resolve([]),
    ),
  )
}

function isDirectory(entry: FileSystemEntry): entry is FileSystemDirectoryEntry {
  return entry.isDirectory
}

function isFile(entry: FileSystemEntry): entry is FileSystemFileEntry {
  return entry.isFile
}
