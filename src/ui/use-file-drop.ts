import { useEffect, useState } from 'react'
import { readDroppedFiles, readDroppedFolders } from './read-dropped-files.ts'
import type { FolderHandle } from '../core/folder-state.ts'
import type { SourceFile } from '../core/ports/files.ts'

/**
 * Takes files dropped anywhere on the page. True while files are held over it.
 *
 * @param onFolders Told of folders that can be looked at again, behind their files.
 */
export function useFileDrop(
  onFiles: (files: readonly SourceFile[]) => void,
  onFolders?: (folders: readonly FolderHandle[]) => void,
): boolean {
  const [hovering, setHovering] = useState(false)
  useEffect(() => {
    async function take(transfer: DataTransfer): Promise<void> {
      const [files, folders] = await Promise.all([readDroppedFiles(transfer), readDroppedFolders(transfer)])
      if (files.length > 0) onFiles(files)
      if (folders.length > 0) onFolders?.(folders)
    }
    function over(event: DragEvent): void {
      // Without this the browser would leave the page and open the file.
      event.preventDefault()
      if (event.dataTransfer === null || !holdsFiles(event.dataTransfer)) return
      event.dataTransfer.dropEffect = 'copy'
      setHovering(true)
    }
    function leave(event: DragEvent): void {
      if (event.relatedTarget === null) setHovering(false)
    }
    function drop(event: DragEvent): void {
      event.preventDefault()
      setHovering(false)
      if (event.dataTransfer === null) return
      void take(event.dataTransfer)
    }
    const listening = new AbortController()
    const options = { signal: listening.signal }
    globalThis.addEventListener('dragenter', over, options)
    globalThis.addEventListener('dragover', over, options)
    globalThis.addEventListener('dragleave', leave, options)
    globalThis.addEventListener('drop', drop, options)
    return () => listening.abort()
  }, [onFiles, onFolders])
  return hovering
}

function holdsFiles(transfer: DataTransfer): boolean {
  return transfer.types.includes('Files')
}
