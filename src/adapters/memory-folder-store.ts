import type { FolderFile, RememberedFolder } from '../core/folder-state.ts'
import type { FolderStore } from '../core/ports/folders.ts'

/** For tests. */
export function createMemoryFolderStore(): FolderStore {
  const folders = new Map<string, RememberedFolder>()
  const files = new Map<string, Map<string, FolderFile>>()
  return {
    folders: async () => [...folders.values()].toSorted((a, b) => a.addedAt - b.addedAt),
    put: async folder => void folders.set(folder.id, folder),
    files: async id => [...(files.get(id)?.values() ?? [])].toSorted((a, b) => (a.path < b.path ? -1 : 1)),
    async note(id, more) {
      if (!folders.has(id)) return
      const known = files.get(id) ?? new Map<string, FolderFile>()
      for (const file of more) known.set(file.path, file)
      files.set(id, known)
    },
    async dropFiles(id, paths) {
      for (const path of paths) files.get(id)?.delete(path)
    },
    async forget(id) {
      folders.delete(id)
      files.delete(id)
    },
    async clear() {
      folders.clear()
      files.clear()
    },
  }
}
