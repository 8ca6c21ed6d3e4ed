import { failure } from '../core/errors.ts'
import type { FolderAccess, FolderHandle } from '../core/folder-state.ts'
import type { UnreadablePart } from '../core/ports/extractor.ts'
import type { SourceFile } from '../core/ports/files.ts'
import type { FolderReader } from '../core/ports/folders.ts'

/** A disk for tests: folders by name, and in them texts by path. */
export interface MemoryDisk {
  readonly reader: FolderReader
  readonly folder: (name: string) => FolderHandle
  readonly write: (path: string, text: string, modifiedAt: number) => void
  readonly delete: (path: string) => void
  /** Paths that cannot be looked at. */
  readonly shut: Set<string>
  readonly access: Map<string, FolderAccess>
}

export function createMemoryDisk(): MemoryDisk {
  const files = new Map<string, SourceFile>()
  const shut = new Set<string>()
  const access = new Map<string, FolderAccess>()
  const isShut = (path: string) => [...shut].some(part => path === part || path.startsWith(`${part}/`))

  async function* read({ name }: FolderHandle) {
    const within = [...files.values()].filter(({ path }) => path.startsWith(`${name}/`))
    if (within.length === 0) throw failure('UnreadableFile', `The folder “${name}” is not there any more.`)
    yield { files: [], problems: [...shut].map(problemOf) }
    for (const file of within) if (!isShut(file.path)) yield { files: [file], problems: [] }
  }

  return {
    reader: {
      access: async ({ name }) => access.get(name) ?? 'granted',
      isSame: async (one, other) => one.name === other.name,
      read,
      find: async (_, path) => (isShut(path) ? undefined : files.get(path)),
    },
    folder: name => ({ kind: 'directory', name }),
    write(path, text, modifiedAt) {
      const name = path.slice(path.lastIndexOf('/') + 1)
      files.set(path, { name, path, modifiedAt, blob: new Blob([text]) })
    },
    delete: path => void files.delete(path),
    shut,
    access,
  }
}

function problemOf(path: string): UnreadablePart {
  return { path, reason: `“${path}” could not be opened.` }
}
