import { useEffect } from 'react'
import { useApp, useAppState } from './app-context.ts'
import controls from './controls.module.css'
import styles from './notices.module.css'

/** How long a removal can be undone, in milliseconds. */
const UNDO_TIME = 12_000

export function RemovalToast() {
  const { store, engine } = useApp()
  const removal = useAppState(state => state.removal)
  useEffect(() => {
    if (removal === undefined) return
    const timer = setTimeout(() => store.tell({ type: 'removal-settled' }), UNDO_TIME)
    return () => clearTimeout(timer)
  }, [removal, store])
  function undo(): void {
    store.tell({ type: 'removal-settled' })
    void engine.undoRemove()
  }
  return (
    <div role="status" className={removal === undefined ? 'visually-hidden' : styles.toast}>
      {removal !== undefined && (
        <>
          <p>Removed “{removal.title}”</p>
          {removal.undoable && (
            <button type="button" className={controls.button} onClick={undo}>
              Undo
            </button>
          )}
        </>
      )}
    </div>
  )
}
