import { FilePlus, FolderPlus } from 'lucide-react'
import { type ChangeEvent, useCallback } from 'react'
import { useApp } from './app-context.ts'
import controls from './controls.module.css'
import { isMeant, sourceFile } from './source-files.ts'

/** The two file inputs of the page. They exist once: in the empty library or in the library's panel. */
export function FilePickers({ prominent = false }: { readonly prominent?: boolean }) {
  const { engine } = useApp()
  const onChange = useCallback(
    (event: ChangeEvent<HTMLInputElement>) => {
      const input = event.currentTarget
      const files = [...(input.files ?? [])]
        .map(file => sourceFile(file))
        .filter(file => isMeant(file.path) || file.path === file.name)
      // So that choosing the same files again is a change again.
      input.value = ''
      if (files.length > 0) void engine.add(files)
    },
    [engine],
  )
  return (
    <div className={prominent ? controls.rowCentered : controls.row}>
      <label className={prominent ? controls.primary : controls.button}>
        <FilePlus size={18} />
        Add files
        <input className={controls.fileInput} type="file" multiple onChange={onChange} />
      </label>
      <label className={controls.button}>
        <FolderPlus size={18} />
        Add a folder
        <input className={controls.fileInput} type="file" multiple webkitdirectory="" onChange={onChange} />
      </label>
    </div>
  )
}
