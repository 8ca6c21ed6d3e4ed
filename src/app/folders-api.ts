import type { FolderHandle } from '../core/folder-state.ts'

/** Folders that are looked at again. All that comes of it is told with `folders-changed`, failures as `command-failed`. */
export interface Folders {
  /** Keeps a folder that somebody chose, and takes in what is in it. One that is kept already is looked at again. */
  rememberFolder(handle: FolderHandle): Promise<void>
  /** Takes in what is new or has changed in it. Nothing happens while it is being looked at. */
  lookAtFolder(id: string): Promise<void>
  /** Stops a look; files that it has found by then are taken in. */
  cancelLook(id: string): Promise<void>
  /** @param withDocuments Whether the documents that came from it go, too. */
  forgetFolder(id: string, withDocuments: boolean): Promise<void>
  /** Removes what is left of its files that are gone. */
  forgetGone(id: string): Promise<void>
  /** Asks again whether the folders may be read. */
  measureFolders(): Promise<void>
}
