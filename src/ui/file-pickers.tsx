import { FilePlus, FolderPlus } from 'lucide-react'
import { type ChangeEvent, useCallback } from 'react'
import { useApp } from './app-context.ts'
import { chooseFolder, remembersFolders } from './choose-folder.ts'
import controls from './controls.module.css'
import { type ChosenFile, chosenFiles, sourceFiles } from './source-files.ts'
import { useAddFiles } from './use-add-files.ts'

/**
 * The two ways to choose files. They exist once: in the empty library or in the library's panel. Any file can be chosen, so
 * that it can be said why one is not read.
 */
export function FilePickers({ prominent = false }: { readonly prominent?: boolean }) {
  const add = useAddFiles()
  const { engine } = useApp()
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
  const remember = useCallback(async () => {
    const folder = await chooseFolder()
    if (folder !== undefined) await engine.rememberFolder(folder)
  }, [engine])
  return (
    <div className={prominent ? controls.rowCentered : controls.row}>
      <label className={prominent ? controls.primary : controls.button}>
        <FilePlus size={18} />
        Add files
        <input className={controls.fileInput} type="file" multiple onChange={onChange} />
      </label>
      {remembersFolders() ? (
        <button
          type="button"
          className={`${controls.button} ${controls.wide}`}
          onClick={() => void remember()}
        >
          <FolderPlus size={18} />
          Add a folder
        </button>
      ) : (
        <label className={controls.button}>
          <FolderPlus size={18} />
          Add a folder
          <input className={controls.fileInput} type="file" multiple webkitdirectory="" onChange={onChange} />
        </label>
      )}
    </div>
  )
}
