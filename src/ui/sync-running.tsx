import type { SyncActivity } from '../core/server-state.ts'
import { useApp, useAppState } from './app-context.ts'
import controls from './controls.module.css'
import { ProgressBar } from './progress-bar.tsx'
import styles from './server.module.css'
import { syncStepWords } from './sync-words.ts'
import transfer from './transfer.module.css'

/** How far synchronising is, and the ways to hold and to stop it. */
export function SyncRunning({ activity }: { readonly activity: SyncActivity }) {
  const { engine } = useApp()
  const progress = useAppState(state => state.sync.progress)
  const words = syncStepWords(activity, progress)
  return (
    <>
      <p role="status">{words}…</p>
      <ProgressBar label={words} value={progress?.done ?? 0} max={progress?.total ?? 0} />
      <div className={styles.row}>
        {activity.what !== 'comparing' && (
          <button
            type="button"
            className={controls.button}
            onClick={() => void (activity.paused ? engine.resumeSync() : engine.pauseSync())}
          >
            {activity.paused ? 'Go on' : 'Pause'}
          </button>
        )}
        <button type="button" className={controls.button} onClick={() => void engine.cancelSync()}>
          Cancel
        </button>
      </div>
      <p className={transfer.soft}>You can close this and search meanwhile.</p>
    </>
  )
}
