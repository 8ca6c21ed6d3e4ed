import { useEffect } from 'react'
import { useApp, useAppState } from './app-context.ts'
import { ConnectServer } from './connect-server.tsx'
import { Dialog } from './dialog.tsx'
import styles from './server.module.css'
import { SyncCopies } from './sync-copies.tsx'
import { SyncPanel } from './sync-panel.tsx'
import { UnlockServer } from './unlock-server.tsx'
import { usePhaseFocus } from './use-phase-focus.ts'

/** The server that the library is synchronised with: connect, compare, synchronise, disconnect. */
export function ServerDialog({ onClose }: { readonly onClose: () => void }) {
  const { engine, store } = useApp()
  const server = useAppState(state => state.sync.server)
  const unseen = useAppState(state => state.sync.unseen)
  const needs = server?.connection?.needs
  const phase = server?.activity === undefined ? (needs ?? 'connect') : 'running'
  const body = usePhaseFocus<HTMLDivElement>(phase)
  useEffect(() => {
    void engine.measureServer()
  }, [engine])
  useEffect(() => {
    // What came of it stands in the dialog.
    if (unseen !== undefined) store.tell({ type: 'sync-seen' })
  }, [store, unseen])
  return (
    <Dialog title="Server" onClose={onClose}>
      <div ref={body} tabIndex={-1} className={styles.body}>
        {server !== undefined && server.connection === undefined && <ConnectServer nearby={server.nearby} />}
        {server?.connection !== undefined && server.connection.needs !== 'nothing' && (
          <UnlockServer connection={server.connection} />
        )}
        {server?.connection !== undefined && <SyncPanel server={server} connection={server.connection} />}
        {server !== undefined && server.connection === undefined && <SyncCopies copies={server.copies} />}
      </div>
    </Dialog>
  )
}
