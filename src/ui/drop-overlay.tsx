import { FilePlus } from 'lucide-react'
import type { FolderHandle } from '../core/folder-state.ts'
import type { SourceFile } from '../core/ports/files.ts'
import styles from './drop-overlay.module.css'
import { useFileDrop } from './use-file-drop.ts'

interface DropOverlayProps {
  /** What a drop will do. */
  readonly label: string
  /** The same function while the page lives, or the page listens anew each time. */
  readonly onFiles: (files: readonly SourceFile[]) => void
  /** The same, for folders that can be looked at again; they are also among the files. */
  readonly onFolders?: (folders: readonly FolderHandle[]) => void
}

/** Shows where a drop will land, which is everywhere. */
export function DropOverlay({ label, onFiles, onFolders }: DropOverlayProps) {
  const hovering = useFileDrop(onFiles, onFolders)
  if (!hovering) return null
  return (
    <div className={styles.overlay}>
      <p>
        <FilePlus size={18} />
        {label}
      </p>
    </div>
  )
}
