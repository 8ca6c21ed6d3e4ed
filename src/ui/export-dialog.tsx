import { type FormEvent, useEffect, useState } from 'react'
import { libraryFileName } from '../core/library-file/file-name.ts'
import { useApp, useAppState } from './app-context.ts'
import { choosePlace } from './choose-place.ts'
import controls from './controls.module.css'
import { Dialog } from './dialog.tsx'
import dialog from './dialog.module.css'
import { formatBytes, formatMany } from './numbers.ts'
import { PassphraseField } from './passphrase-field.tsx'
import { saveFile } from './save-file.ts'
import { TransferRunning } from './transfer-running.tsx'
import { outcomeWords } from './transfer-words.ts'
import styles from './transfer.module.css'
import { usePhaseFocus } from './use-phase-focus.ts'
import { useSizedDocuments } from './use-sized-documents.ts'

/** The whole library as one file: what is in it, whether it is locked, and how far it is. */
export function ExportDialog({ onClose }: { readonly onClose: () => void }) {
  const { running, outcome } = useAppState(state => state.transfer)
  const phase = running === undefined ? (outcome?.kind ?? 'form') : 'running'
  const body = usePhaseFocus<HTMLDivElement>(phase)
  return (
    <Dialog title="Export the library" onClose={onClose}>
      <div ref={body} tabIndex={-1} className={styles.phase}>
        {running !== undefined && <TransferRunning progress={running} />}
        {phase === 'exported' && outcome !== undefined && (
          <>
            <p role="status">{outcomeWords(outcome)}</p>
            <p className={styles.soft}>
              Any Belfry opens the file: drop it on the page, or choose Import in the menu.
            </p>
          </>
        )}
        {running === undefined && phase !== 'exported' && (
          <>
            {outcome !== undefined && (
              <p role="alert" className={styles.problem}>
                {outcomeWords(outcome)}
              </p>
            )}
            <ExportForm />
          </>
        )}
      </div>
    </Dialog>
  )
}

function ExportForm() {
  const { engine } = useApp()
  const openings = useAppState(state => state.storage?.openings ?? 0)
  const [withOpenings, setWithOpenings] = useState(false)
  const [passphrase, setPassphrase] = useState('')
  const [again, setAgain] = useState('')
  const [differ, setDiffer] = useState(false)
  useEffect(() => {
    void engine.measureStorage()
  }, [engine])

  async function write(): Promise<void> {
    const name = libraryFileName(new Date())
    const place = await choosePlace(name)
    if (place === 'cancelled') return
    const options = { passphrase: passphrase === '' ? undefined : passphrase, openings: withOpenings }
    const file = await engine.exportLibrary(options, place)
    if (file instanceof Blob) saveFile(name, file)
  }
  function submit(event: FormEvent): void {
    event.preventDefault()
    const isSame = passphrase === again
    setDiffer(!isSame)
    if (isSame) void write()
  }
  return (
    <form className={styles.phase} onSubmit={submit}>
      <Contents />
      {openings > 0 && (
        <label className={styles.switch}>
          <input
            type="checkbox"
            checked={withOpenings}
            onChange={event => setWithOpenings(event.currentTarget.checked)}
          />
          With {formatMany(openings, 'noted opening', 'noted openings')} and their queries
        </label>
      )}
      <Lock passphrase={passphrase} again={again} onPassphrase={setPassphrase} onAgain={setAgain} />
      {differ && (
        <p role="alert" className={styles.problem}>
          The two passphrases are not the same.
        </p>
      )}
      <div className={dialog.actions}>
        <button type="submit" className={controls.primary}>
          Export
        </button>
      </div>
    </form>
  )
}

function Contents() {
  const documents = useSizedDocuments()
  const storage = useAppState(state => state.storage)
  const heads = storage?.heads ?? 0
  const bytes = documents.reduce((sum, one) => sum + one.bytes, storage?.headBytes ?? 0)
  const passages = documents.reduce((sum, { document }) => sum + document.passageCount, 0)
  return (
    <p>
      {formatMany(documents.length, 'document', 'documents')} with{' '}
      {formatMany(passages, 'passage', 'passages')}, their vectors
      {heads > 0 && `, ${formatMany(heads, 'learned version', 'learned versions')}`} and your settings: about{' '}
      {formatBytes(bytes)} in one file. The original files are not in it, and neither is the model.
    </p>
  )
}

interface LockProps {
  readonly passphrase: string
  readonly again: string
  readonly onPassphrase: (value: string) => void
  readonly onAgain: (value: string) => void
}

function Lock({ passphrase, again, onPassphrase, onAgain }: LockProps) {
  if (!isSecureContext) {
    return <p className={styles.soft}>The file can be locked only when the page comes over https.</p>
  }
  return (
    <>
      <PassphraseField
        label="Passphrase, if it is to be locked"
        value={passphrase}
        onChange={onPassphrase}
        isNew
        hint="Several words are best. Without it nobody opens the file again, and Belfry cannot help."
      />
      {passphrase !== '' && (
        <PassphraseField label="The same once more" value={again} onChange={onAgain} isNew />
      )}
    </>
  )
}
