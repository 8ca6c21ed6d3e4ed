import type { FolderAccess, FolderFile, FolderHandle, RememberedFolder } from '../folder-state.ts'
import type { UnreadablePart } from './extractor.ts'
import type { SourceFile } from './files.ts'

/** The folders that are looked at again, and what was read of them. */
export interface FolderStore {
  /** In the order in which they were remembered. */
  folders(): Promise<RememberedFolder[]>
  /** One that is there is replaced, and keeps its place and its files. */
  put(folder: RememberedFolder): Promise<void>
  /** By path. */
  files(folder: string): Promise<FolderFile[]>
  /** Nothing is noted of a folder that is not remembered. */
  note(folder: string, files: readonly FolderFile[]): Promise<void>
  dropFiles(folder: string, paths: readonly string[]): Promise<void>
  /** Drops the folder and what is noted of its files. */
  forget(folder: string): Promise<void>
  clear(): Promise<void>
}

/** Part of what is in a folder. */
export interface FolderSlice {
  readonly files: readonly SourceFile[]
  /** Files, and folders with all below them, that could not be looked at. */
  readonly problems: readonly UnreadablePart[]
}

/** Looks into folders that somebody chose. */
export interface FolderReader {
  access(folder: FolderHandle): Promise<FolderAccess>
  isSame(one: FolderHandle, other: FolderHandle): Promise<boolean>
  /**
   * Every file below, a few at a time; paths begin with the folder's name. Hidden files and folders are left out.
   * @throws UnreadableFile with a sentence when the folder itself is not there, or may not be read.
   */
  read(folder: FolderHandle): AsyncIterable<FolderSlice>
  /** The file at a path as `read` gives it; `undefined` when it is not there, or may not be read. Never rejects. */
  find(folder: FolderHandle, path: string): Promise<SourceFile | undefined>
}
