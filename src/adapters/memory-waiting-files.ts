import type { LibraryBlob } from '../core/ports/files.ts'
import type { NotedFile, WaitingFile, WaitingFiles } from '../core/ports/waiting-files.ts'

/** For tests. */
export function createMemoryWaitingFiles(): WaitingFiles {
  let files: (WaitingFile & { readonly tab: string })[] = []
  const bytes = new Map<string, LibraryBlob>()
  const tries = new Map<string, number>()

  function drop(ids: ReadonlySet<string>): void {
    files = files.filter(({ id }) => !ids.has(id))
    for (const map of [bytes, tries]) for (const id of ids) map.delete(id)
  }

  const noted = (file: (typeof files)[number]): NotedFile => ({
    ...file,
    kept: bytes.has(file.id) || file.handle !== undefined,
    tries: tries.get(file.id) ?? 0,
  })

  return {
    note: async (tab, more) => void files.push(...more.map(file => ({ ...file, tab }))),
    async keep(contents) {
      for (const { id, blob } of contents) {
        const read = await blob.arrayBuffer().catch(() => undefined)
        if (read !== undefined) bytes.set(id, new Blob([read]))
      }
    },
    begin: async id => void tries.set(id, (tries.get(id) ?? 0) + 1),
    settle: async ids => drop(new Set(ids)),
    size: async () => [...bytes.values()].reduce((sum, { size }) => sum + size, 0),
    all: async () => files.toSorted((a, b) => (a.id < b.id ? -1 : 1)).map(noted),
    async adopt(tabs, heir) {
      const mine = files.filter(file => tabs.includes(file.tab) && noted(file).kept)
      files = files.map(file => (mine.includes(file) ? { ...file, tab: heir } : file))
      const ids = new Set(mine.map(({ id }) => id))
      for (const id of bytes.keys()) if (files.every(file => file.id !== id)) bytes.delete(id)
      return files.filter(({ id }) => ids.has(id)).map(noted)
    },
    contents: async id => bytes.get(id) ?? files.find(file => file.id === id)?.handle?.getFile(),
    async forget(tabs) {
      drop(new Set(files.filter(({ tab }) => tabs.includes(tab)).map(({ id }) => id)))
    },
  }
}
