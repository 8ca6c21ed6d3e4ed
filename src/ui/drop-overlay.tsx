import { FilePlus } from 'lucide-react'
import { useCallback } from 'react'
import type { SourceFile } from '../core/ports.ts'
import { useApp } from './app-context.ts'
import styles from './drop-overlay.module.css'
import { useFileDrop } from './use-file-drop.ts'

/** Shows where a drop will land, which is everywhere. */
export function DropOverlay() {
  const { engine } = useApp()
  const add = useCallback((files: readonly SourceFile[]) => void engine.add(files), [engine])
  const hovering = useFileDrop(add)
  if (!hovering) return null
  return (
    <div className={styles.overlay}>
      <p>
        <FilePlus size={18} />
        Drop to add to the library
      </p>
    </div>
  )
}
