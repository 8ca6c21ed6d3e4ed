import { type ChangeEvent, type FormEvent, useEffect, useState } from 'react'
import { LIBRARY_FILE_ENDING } from '../core/library-file/file-name.ts'
import type { LibraryFileGlance } from '../core/library-file/open-library-file.ts'
import type { LibraryFileInfo } from '../core/library-file/small-sections.ts'
import type { ImportFile } from '../state/app-state.ts'
import { useApp, useAppState } from './app-context.ts'
import controls from './controls.module.css'
import { Dialog } from './dialog.tsx'
import dialog from './dialog.module.css'
import { formatBytes, formatMany } from './numbers.ts'
import { PassphraseField } from './passphrase-field.tsx'
import { TransferRunning } from './transfer-running.tsx'
import { outcomeWords } from './transfer-words.ts'
import styles from './transfer.module.css'
import { usePhaseFocus } from './use-phase-focus.ts'

/** A library file is chosen, looked at, unlocked and taken in. */
export function ImportDialog({ onClose }: { readonly onClose: () => void }) {
  const { running, outcome, file } = useAppState(state => state.transfer)
  const phase = running === undefined ? (outcome?.kind ?? file?.name ?? 'choose') : 'running'
  const body = usePhaseFocus<HTMLDivElement>(phase)
  const isDone = outcome?.kind === 'imported' || outcome?.kind === 'exported'
  return (
    <Dialog title="Import a library" onClose={onClose}>
      <div ref={body} tabIndex={-1} className={styles.phase}>
        {running !== undefined && <TransferRunning progress={running} />}
        {outcome !== undefined && (
          <p role={isDone ? 'status' : 'alert'} className={isDone ? undefined : styles.problem}>
            {outcomeWords(outcome)}
          </p>
        )}
        {running === undefined && !isDone && (
          <>
            {file !== undefined && <FileToImport key={file.name} file={file} />}
            <LibraryFilePicker first={file === undefined} />
          </>
        )}
      </div>
    </Dialog>
  )
}

function LibraryFilePicker({ first }: { readonly first: boolean }) {
  const { store } = useApp()
  function choose(event: ChangeEvent<HTMLInputElement>): void {
    const [file] = event.currentTarget.files ?? []
    if (file !== undefined) store.tell({ type: 'import-asked', file: { name: file.name, blob: file } })
    // So that choosing the same file again is a change again.
    event.currentTarget.value = ''
  }
  return (
    <>
      {first && (
        <p>
          A file that Belfry has exported, here or elsewhere. What it holds is added to what is here; what is
          here already stays as it is.
        </p>
      )}
      <div className={dialog.actions}>
        <label className={first ? controls.primary : controls.button}>
          {first ? 'Choose a library file' : 'Choose another file'}
          <input className={controls.fileInput} type="file" accept={LIBRARY_FILE_ENDING} onChange={choose} />
        </label>
      </div>
    </>
  )
}

function FileToImport({ file }: { readonly file: ImportFile }) {
  const { engine } = useApp()
  const [glance, setGlance] = useState<LibraryFileGlance | { readonly problem: string }>()
  const [passphrase, setPassphrase] = useState('')
  useEffect(() => {
    let isCurrent = true
    async function look(): Promise<void> {
      const seen = await engine.glanceAtLibraryFile(file.blob)
      if (isCurrent) setGlance(seen)
    }
    void look()
    return () => {
      isCurrent = false
    }
  }, [engine, file])
  function submit(event: FormEvent): void {
    event.preventDefault()
    void engine.importLibrary(file.blob, passphrase === '' ? undefined : passphrase)
  }
  const isReadable = glance !== undefined && !('problem' in glance)
  return (
    <form className={styles.phase} onSubmit={submit}>
      <p>
        <span className={styles.name}>{file.name}</span>, {formatBytes(file.blob.size)}
      </p>
      {glance !== undefined && 'problem' in glance && (
        <p role="alert" className={styles.problem}>
          {glance.problem}
        </p>
      )}
      {isReadable && glance.info !== undefined && <FileContents info={glance.info} />}
      {isReadable && glance.locked && (
        <PassphraseField
          label="Passphrase"
          value={passphrase}
          onChange={setPassphrase}
          hint="This file is locked."
        />
      )}
      {isReadable && (
        <div className={dialog.actions}>
          <button type="submit" className={controls.primary}>
            Import
          </button>
        </div>
      )}
    </form>
  )
}

function FileContents({ info }: { readonly info: LibraryFileInfo }) {
  const space = useAppState(({ model }) => (model.kind === 'ready' ? model.info.space : undefined))
  const isForeign = space !== undefined && info.model !== undefined && info.model.space !== space
  return (
    <>
      <p>
        {formatMany(info.documents, 'document', 'documents')} with{' '}
        {formatMany(info.passages, 'passage', 'passages')}, exported on {formatDay(info.writtenAt)}.
      </p>
      {isForeign && (
        <p className={styles.soft}>
          It was made with another model. Words are found at once; for meaning, its passages are read anew
          here.
        </p>
      )}
    </>
  )
}

function formatDay(at: number): string {
  return new Intl.DateTimeFormat(undefined, { dateStyle: 'long' }).format(at)
}
