import { useApp, useAppState, useObservable } from './app-context.ts'
import controls from './controls.module.css'
import { Dialog } from './dialog.tsx'
import styles from './dialog.module.css'
import { formatBytes, formatMany } from './numbers.ts'
import type { Platform } from './platform.ts'
import { backendWords } from './status-line.tsx'
import { durabilityWords, useDurability } from './use-durability.ts'

interface MenuDialogProps {
  readonly onClose: () => void
  readonly onExport: () => void
  readonly onImport: () => void
  readonly onAdding: () => void
  readonly onStorage: () => void
  readonly onFolders: () => void
  readonly onLearning: () => void
  readonly onPassages: () => void
  readonly onQuality: () => void
  readonly onSearchEngine: () => void
  readonly onServer: () => void
  readonly onShortcuts: () => void
}

/** What Belfry is made of here, and the few things to do about it. */
export function MenuDialog({ onClose, ...go }: MenuDialogProps) {
  const { platform } = useApp()
  const isEmpty = useAppState(state => state.documents.size === 0)
  return (
    <Dialog title="Belfry" onClose={onClose}>
      <Facts />
      <p>
        Documents, searches and the model stay on this device. Nothing is sent anywhere, unless you connect a
        server of yours.
      </p>
      <p>
        Which results you open is noted, on this device only, so that Belfry can learn from it if you ask.
        Switch it off, export or clear it under Learning.
      </p>
      <div className={styles.actions}>
        <button type="button" className={controls.button} disabled={isEmpty} onClick={go.onExport}>
          Export…
        </button>
        <button type="button" className={controls.button} onClick={go.onImport}>
          Import…
        </button>
        <button type="button" className={controls.button} onClick={go.onFolders}>
          Folders
        </button>
        <button type="button" className={controls.button} onClick={go.onAdding}>
          Adding
        </button>
        <button type="button" className={controls.button} onClick={go.onStorage}>
          Storage
        </button>
        <button type="button" className={controls.button} onClick={go.onLearning}>
          Learning
        </button>
        <button type="button" className={controls.button} onClick={go.onPassages}>
          Passages
        </button>
        <button type="button" className={controls.button} onClick={go.onQuality}>
          Quality
        </button>
        <button type="button" className={controls.button} onClick={go.onSearchEngine}>
          Search engine
        </button>
        <button type="button" className={controls.button} onClick={go.onServer}>
          Server…
        </button>
        <button type="button" className={controls.button} onClick={go.onShortcuts}>
          Keyboard shortcuts
        </button>
        {platform.install !== undefined && <Install install={platform.install} />}
      </div>
    </Dialog>
  )
}

function Facts() {
  const model = useAppState(state => state.model)
  const usage = useAppState(state => state.usage)
  const documents = useAppState(state => state.documents.size)
  const durability = durabilityWords(useDurability())
  const info = model.kind === 'ready' ? model.info : undefined
  return (
    <dl className={styles.facts}>
      <dt>Library</dt>
      <dd>{formatMany(documents, 'document', 'documents')}</dd>
      <dt>Space</dt>
      <dd>
        {usage === undefined ? '–' : `${formatBytes(usage.used)} of ${formatBytes(usage.quota)}`}
        {durability !== undefined && `, ${durability}`}
      </dd>
      <dt>Model</dt>
      <dd>{info?.modelName ?? (model.kind === 'failed' ? 'missing' : 'loading')}</dd>
      <dt>Runs on</dt>
      <dd>{info === undefined ? '–' : backendWords(info)}</dd>
    </dl>
  )
}

function Install({ install }: { readonly install: NonNullable<Platform['install']> }) {
  if (!useObservable(install.available)) return null
  return (
    <button type="button" className={controls.button} onClick={() => void install.prompt()}>
      Install as an app
    </button>
  )
}
