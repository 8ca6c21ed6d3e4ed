import { FilePlus, FolderPlus } from 'lucide-react'
import type { ChangeEvent } from 'react'
import type { SourceFile } from '../core/ports/files.ts'
import controls from './controls.module.css'
import styles from './quality-view.module.css'
import { chosenFiles, sourceFiles } from './source-files.ts'

interface SetPickersProps {
  readonly disabled: boolean
  readonly onFiles: (files: readonly SourceFile[]) => void
}

export function SetPickers({ disabled, onFiles }: SetPickersProps) {
  async function take(event: ChangeEvent<HTMLInputElement>): Promise<void> {
    const chosen = chosenFiles(event.currentTarget.files)
    // So that choosing the same files again, once they are mended, is a change again.
    event.currentTarget.value = ''
    if (chosen.length > 0) onFiles(await sourceFiles(chosen))
  }
  const input = { className: controls.fileInput, type: 'file', multiple: true, disabled } as const
  const className = `${controls.button} ${styles.picker}`
  return (
    <div className={styles.pickers}>
      <label className={className} data-disabled={disabled}>
        <FolderPlus size={18} />
        Choose a folder
        <input {...input} webkitdirectory="" onChange={event => void take(event)} />
      </label>
      <label className={className} data-disabled={disabled}>
        <FilePlus size={18} />
        Choose files
        <input {...input} onChange={event => void take(event)} />
      </label>
    </div>
  )
}
