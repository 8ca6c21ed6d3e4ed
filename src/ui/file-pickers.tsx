import { FilePlus, FolderPlus } from 'lucide-react'
import { type ChangeEvent, useCallback } from 'react'
import controls from './controls.module.css'
import { type ChosenFile, chosenFiles, sourceFiles } from './source-files.ts'
import { useAddFiles } from './use-add-files.ts'

/** The two file inputs of the page. They exist once: in the empty library or in the library's panel. */
export function FilePickers({ prominent = false }: { readonly prominent?: boolean }) {
  const add = useAddFiles()
  const addAll = useCallback(async (chosen: readonly ChosenFile[]) => add(await sourceFiles(chosen)), [add])
  const onChange = useCallback(
    (event: ChangeEvent<HTMLInputElement>) => {
      const chosen = chosenFiles(event.currentTarget.files)
      // So that choosing the same files again is a change again.
      event.currentTarget.value = ''
      if (chosen.length > 0) void addAll(chosen)
    },
    [addAll],
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
