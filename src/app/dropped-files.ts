import type { DocumentId } from '../core/document.ts'
import type { FileState } from '../core/events.ts'
import type { SourceFile } from '../core/ports/files.ts'

/** What came of a file that was read to its end. */
export interface Settled {
  readonly state: FileState
  readonly given: readonly DocumentId[]
}

/**
 * Files of dropped folders. A folder may be remembered after it was dropped: what was read of it by then, or waits to be,
 * is not read again.
 */
export interface DroppedFiles {
  /** They wait to be read. */
  added(files: readonly SourceFile[]): void
  /** Gives the folder that has claimed the file. */
  settled(file: SourceFile, what: Settled): string | undefined
  /** It says nothing of the file, which is read when somebody looks again. */
  dropped(file: SourceFile): void
  /**
   * `file` is in a folder that is remembered. Gives what came of it, `waits` when that will be told by `settled`, and
   * nothing for a file that was not dropped.
   */
  claim(file: SourceFile): Settled | 'waits' | undefined
  /** Nothing waits any more. */
  rested(): void
  clear(): void
}

interface Entry {
  readonly settled?: Settled
  readonly folder?: string | undefined
}

export function createDroppedFiles(): DroppedFiles {
  const entries = new Map<string, Entry>()

  return {
    added(files) {
      for (const file of files) if (file.path.includes('/')) entries.set(signatureOf(file), {})
    },
    settled(file, what) {
      const signature = signatureOf(file)
      const entry = entries.get(signature)
      if (entry === undefined) return undefined
      // Its folder has a note of it from now on.
      if (entry.folder === undefined) entries.set(signature, { settled: what })
      else entries.delete(signature)
      return entry.folder
    },
    dropped: file => void entries.delete(signatureOf(file)),
    claim(file) {
      const signature = signatureOf(file)
      const entry = entries.get(signature)
      if (entry === undefined) return undefined
      if (entry.settled === undefined) entries.set(signature, { folder: file.folder })
      else entries.delete(signature)
      return entry.settled ?? 'waits'
    },
    rested() {
      for (const [signature, { settled }] of entries) if (settled === undefined) entries.delete(signature)
    },
    clear: () => entries.clear(),
  }
}

/** Tells files apart as well as can be done without reading them. */
function signatureOf({ path, modifiedAt, blob }: SourceFile): string {
  return `${blob.size} ${modifiedAt} ${path}`
}
