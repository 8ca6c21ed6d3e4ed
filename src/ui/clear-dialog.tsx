import { useApp, useAppState } from './app-context.ts'
import controls from './controls.module.css'
import { Dialog } from './dialog.tsx'
import styles from './dialog.module.css'
import { formatMany } from './numbers.ts'

export function ClearDialog({ onClose }: { readonly onClose: () => void }) {
  const { engine } = useApp()
  const documents = useAppState(state => state.documents)
  const isConnected = useAppState(state => state.sync.server?.connection !== undefined)
  const count = formatMany(documents.size, 'document', 'documents')
  const passages = [...documents.values()].reduce((sum, document) => sum + document.passageCount, 0)
  function clear(): void {
    void engine.clear()
    onClose()
  }
  return (
    <Dialog title="Clear the whole library?" onClose={onClose}>
      <p>
        {count} with {formatMany(passages, 'passage', 'passages')} will be gone from Belfry, and this cannot
        be undone. The files that they came from stay where they are.
        {isConnected && ' The server is disconnected, and keeps what it has.'}
      </p>
      <div className={styles.actions}>
        <button type="button" className={controls.button} onClick={onClose}>
          Keep them
        </button>
        <button type="button" className={controls.danger} onClick={clear}>
          Clear {count}
        </button>
      </div>
    </Dialog>
  )
}
