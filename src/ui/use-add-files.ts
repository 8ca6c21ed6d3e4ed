import { useCallback } from 'react'
import { isLibraryFileName } from '../core/library-file/file-name.ts'
import type { SourceFile } from '../core/ports/files.ts'
import { useApp } from './app-context.ts'

/** Takes files in: documents into the library, and a library file to be looked at and imported. */
export function useAddFiles(): (files: readonly SourceFile[]) => void {
  const { engine, store } = useApp()
  return useCallback(
    files => {
      const library = files.find(isLibraryFile)
      if (library?.blob instanceof Blob) {
        store.tell({ type: 'import-asked', file: { name: library.name, blob: library.blob } })
      }
      const documents = files.filter(file => file !== library)
      if (documents.length > 0) void engine.add(documents)
    },
    [engine, store],
  )
}

/** Not one inside a folder that was added: nobody meant that. */
function isLibraryFile({ name, path, blob }: SourceFile): boolean {
  return isLibraryFileName(name) && path === name && blob instanceof Blob
}
