import type { SourceFile } from '../core/ports/files.ts'
import { isMeant } from '../core/text/meant-path.ts'

export interface ChosenFile {
  readonly file: File
  /** Below the chosen or dropped folder, with `/`; the name for a file without one. */
  readonly path: string
}

/** How long the page may be kept busy at a time, in milliseconds. */
const BUSY = 20

/**
 * The files as the engine takes them. Chromium asks the disk, and waits, when a file's `lastModified` is read, which
 * takes 120 ms for 500 files; so the page gets its turn in between.
 */
export async function sourceFiles(chosen: readonly ChosenFile[]): Promise<SourceFile[]> {
  const files: SourceFile[] = []
  let since = performance.now()
  for (const { file, path } of chosen) {
    if (performance.now() - since > BUSY) {
      await nextTask()
      since = performance.now()
    }
    files.push({ name: file.name, path, modifiedAt: file.lastModified, blob: file })
  }
  return files
}

/** What a file input holds, less what nobody means when choosing a folder. */
export function chosenFiles(list: FileList | null): ChosenFile[] {
  return [...(list ?? [])]
    .map(file => ({ file, path: file.webkitRelativePath || file.name }))
    .filter(({ file, path }) => path === file.name || isMeant(path))
}

async function nextTask(): Promise<void> {
  return new Promise(resolve => {
    setTimeout(resolve, 0)
  })
}
