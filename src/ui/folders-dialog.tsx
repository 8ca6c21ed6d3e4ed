import { useEffect, useRef, useState } from 'react'
import type { FolderState } from '../core/folder-state.ts'
import { useApp, useAppState } from './app-context.ts'
import { askToRead, chooseFolder, remembersFolders } from './choose-folder.ts'
import controls from './controls.module.css'
import { Dialog } from './dialog.tsx'
import { FolderOffers } from './folder-offers.tsx'
import { folderSentence } from './folder-words.ts'
import styles from './folders-dialog.module.css'
import { formatMany } from './numbers.ts'

/** Paths and problems that are listed; the rest are counted. */
const LISTED = 20

/** The folders that Belfry looks at again, and what to do about them. */
export function FoldersDialog({ onClose }: { readonly onClose: () => void }) {
  const { engine } = useApp()
  const folders = useAppState(state => state.folders)
  const adder = useRef<HTMLButtonElement>(null)
  useEffect(() => {
    void engine.measureFolders()
  }, [engine])
  async function add(): Promise<void> {
    const folder = await chooseFolder()
    if (folder !== undefined) await engine.rememberFolder(folder)
  }
  return (
    <Dialog title="Folders" onClose={onClose}>
      <div className={styles.body}>
        <p>
          {remembersFolders()
            ? 'Belfry looks at these folders when it starts, as far as the browser allows, and reads what is new or has changed.'
            : 'This browser does not let a page look at a folder again. Add the folder again to take in what is new.'}
        </p>
        {folders.length > 0 && (
          <ul className={styles.folders} aria-label="Folders">
            {folders.map(folder => (
              <Folder key={folder.id} folder={folder} />
            ))}
          </ul>
        )}
        {remembersFolders() && (
          <div className={controls.row}>
            <button ref={adder} type="button" className={controls.button} onClick={() => void add()}>
              Add a folder
            </button>
            <FolderOffers recent={false} onTaken={() => adder.current?.focus()} />
          </div>
        )}
      </div>
    </Dialog>
  )
}

function Folder({ folder }: { readonly folder: FolderState }) {
  const { engine } = useApp()
  const [asking, setAsking] = useState<'folder' | 'gone'>()
  const done = () => setAsking(undefined)
  async function lookAgain(): Promise<void> {
    if (folder.access === 'granted' || (await askToRead(folder.handle))) await engine.lookAtFolder(folder.id)
    else await engine.measureFolders()
  }
  return (
    <li className={styles.folder}>
      <h3>{folder.name}</h3>
      <p className={styles.soft}>{folderSentence(folder)}</p>
      {folder.access !== 'granted' && (
        <p className={styles.soft}>The browser asks before it may be read again: press “Look again”.</p>
      )}
      <Sentences sentences={folder.problems} />
      <GoneFiles folder={folder} />
      {asking === undefined && (
        <div className={controls.row}>
          {folder.looking === undefined ? (
            <button type="button" className={controls.button} onClick={() => void lookAgain()}>
              Look again
            </button>
          ) : (
            <button
              type="button"
              className={controls.button}
              onClick={() => void engine.cancelLook(folder.id)}
            >
              Stop looking
            </button>
          )}
          {folder.goneDocuments > 0 && (
            <button type="button" className={controls.button} onClick={() => setAsking('gone')}>
              Forget {deleted(folder)}
            </button>
          )}
          <button
            type="button"
            className={controls.button}
            aria-label={`Forget the folder ${folder.name}`}
            onClick={() => setAsking('folder')}
          >
            Forget
          </button>
        </div>
      )}
      {asking === 'folder' && <AskFolder folder={folder} onDone={done} />}
      {asking === 'gone' && <AskGone folder={folder} onDone={done} />}
    </li>
  )
}

interface AskProps {
  readonly folder: FolderState
  readonly onDone: () => void
}

function AskFolder({ folder, onDone }: AskProps) {
  const { engine } = useApp()
  const documents = formatMany(folder.documents, 'document', 'documents')
  function forget(withDocuments: boolean): void {
    onDone()
    void engine.forgetFolder(folder.id, withDocuments)
  }
  return (
    <div role="group" aria-label="Forget this folder?" className={styles.body}>
      <p>Belfry will not look at “{folder.name}” again. The folder itself stays as it is.</p>
      <div className={controls.row}>
        <button type="button" className={controls.button} onClick={onDone}>
          Keep it
        </button>
        <button type="button" className={controls.button} onClick={() => forget(false)}>
          Forget it, keep its documents
        </button>
        <button type="button" className={controls.danger} onClick={() => forget(true)}>
          Forget it and {documents}
        </button>
      </div>
    </div>
  )
}

function AskGone({ folder, onDone }: AskProps) {
  const { engine } = useApp()
  function forget(): void {
    onDone()
    void engine.forgetGone(folder.id)
  }
  return (
    <div role="group" aria-label="Forget deleted documents?" className={styles.body}>
      <p>Their files are gone, and Belfry could not read them again.</p>
      <div className={controls.row}>
        <button type="button" className={controls.button} onClick={onDone}>
          Keep them
        </button>
        <button type="button" className={controls.danger} onClick={forget}>
          Forget {deleted(folder)} for good
        </button>
      </div>
    </div>
  )
}

function GoneFiles({ folder: { gone } }: { readonly folder: FolderState }) {
  if (gone.length === 0) return null
  return (
    <details>
      <summary>{formatMany(gone.length, 'file is', 'files are')} no longer there</summary>
      <Sentences sentences={gone} />
    </details>
  )
}

function Sentences({ sentences }: { readonly sentences: readonly string[] }) {
  if (sentences.length === 0) return null
  const left = sentences.length - LISTED
  return (
    <ul className={styles.sentences}>
      {sentences.slice(0, LISTED).map(sentence => (
        <li key={sentence}>{sentence}</li>
      ))}
      {left > 0 && <li>and {formatMany(left, 'other', 'others')}</li>}
    </ul>
  )
}

function deleted({ goneDocuments }: FolderState): string {
  return formatMany(goneDocuments, 'deleted document', 'deleted documents')
}
