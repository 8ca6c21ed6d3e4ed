import { FilePlus } from 'lucide-react'
import type { SourceFile } from '../core/ports/files.ts'
import styles from './drop-overlay.module.css'
import { useFileDrop } from './use-file-drop.ts'

interface DropOverlayProps {
  /** What a drop will do. */
  readonly label: string
  /** The same function while the page lives, or the page listens anew each time. */
  readonly onFiles: (files: readonly SourceFile[]) => void
}

/** Shows where a drop will land, which is everywhere. */
export function DropOverlay({ label, onFiles }: DropOverlayProps) {
  const hovering = useFileDrop(onFiles)
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
