import type { FolderAccess, FolderHandle } from '../core/folder-state.ts'

/** Chromium alone has these. */
interface Pickers {
  readonly showDirectoryPicker?: (options: { readonly mode: 'read' }) => Promise<FolderHandle>
}

interface AskedHandle extends FolderHandle {
  readonly requestPermission?: (descriptor: { readonly mode: 'read' }) => Promise<FolderAccess>
}

/** Whether the browser gives folders that can be looked at again. */
export function remembersFolders(): boolean {
  return (globalThis as Pickers).showDirectoryPicker !== undefined
}

/** Call it while a click is being handled: the browser insists. `undefined` when nothing was chosen. */
export async function chooseFolder(): Promise<FolderHandle | undefined> {
  try {
    return await (globalThis as Pickers).showDirectoryPicker?.({ mode: 'read' })
  } catch (error) {
    if (error instanceof DOMException) return undefined
    throw error
  }
}

/** Whether two handles lead to one folder. */
export async function isSameFolder(one: FolderHandle, other: FolderHandle): Promise<boolean> {
  const handle: FolderHandle & { isSameEntry?(other: FolderHandle): Promise<boolean> } = one
  return (await handle.isSameEntry?.(other)) ?? one === other
}

/** Lets the browser ask whether the folder may be read. Call it while a click is being handled. */
export async function askToRead(handle: AskedHandle): Promise<boolean> {
  try {
    return ((await handle.requestPermission?.({ mode: 'read' })) ?? 'granted') === 'granted'
  } catch {
    // The click was too long ago, or the page is in a frame: the engine says what it may not read.
    return false
  }
}
