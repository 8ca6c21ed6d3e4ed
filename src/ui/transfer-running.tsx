import type { TransferProgress } from '../core/transfer-state.ts'
import { useApp } from './app-context.ts'
import controls from './controls.module.css'
import { ProgressBar } from './progress-bar.tsx'
import { stepWords } from './transfer-words.ts'
import styles from './transfer.module.css'

/** How far a transfer is, and the way to stop it. */
export function TransferRunning({ progress }: { readonly progress: TransferProgress }) {
  const { engine } = useApp()
  return (
    <>
      <p role="status">{stepWords(progress)}…</p>
      <div className={styles.running}>
        <ProgressBar label={stepWords(progress)} value={progress.done} max={progress.total} />
        <button type="button" className={controls.button} onClick={() => void engine.cancelTransfer()}>
          Cancel
        </button>
      </div>
      <p className={styles.soft}>You can close this and search meanwhile.</p>
    </>
  )
}
