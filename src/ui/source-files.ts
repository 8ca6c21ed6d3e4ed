import type { SourceFile } from '../core/ports.ts'

/** A file of a picker or a drop. `path` is `webkitRelativePath` or what the drop says, with `/`. */
export function sourceFile(file: File, path = file.webkitRelativePath): SourceFile {
  return {
    name: file.name,
    path: path === '' ? file.name : path,
    modifiedAt: file.lastModified,
    blob: file,
  }
}

/** Whether a path below a folder is one that people mean when they add the folder: nothing hidden, no packages. */
export function isMeant(path: string): boolean {
  return !path.split('/').some(part => part.startsWith('.') || part === 'node_modules')
}
