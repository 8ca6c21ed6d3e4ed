import { X } from 'lucide-react'
import { useEffect, useState } from 'react'
import type { Queue } from '../state/app-state.ts'
import { needsLook, progressOf, progressSentence, summarySentence } from '../state/selectors.ts'
import { useApp, useAppState } from './app-context.ts'
import styles from './adding-bar.module.css'
import controls from './controls.module.css'
import { ProgressBar } from './progress-bar.tsx'
import { QueueDetails } from './queue-details.tsx'

/** How long a summary without trouble stays, in milliseconds. */
const GOOD_NEWS = 8000

/** The bottom bar: what is being added, then how it went. */
export function AddingBar() {
  const queue = useAppState(state => state.queue)
  const [details, setDetails] = useState(false)
  if (queue.entries.size === 0 || (!queue.running && queue.summaryDismissed)) return null
  return (
    <section className={styles.bar} aria-label="Adding">
      {details && <QueueDetails />}
      <div className={styles.line}>
        {queue.running ? <Running queue={queue} /> : <Summary queue={queue} stays={details} />}
        <button
          type="button"
          className={controls.button}
          aria-expanded={details}
          onClick={() => setDetails(!details)}
        >
          Details
        </button>
      </div>
    </section>
  )
}

function Running({ queue }: { readonly queue: Queue }) {
  const { engine } = useApp()
  const { settled, total } = progressOf(queue)
  return (
    <>
      <p className={styles.words}>{progressSentence(queue)}</p>
      <ProgressBar label="Adding documents" value={settled} max={total} />
      <button type="button" className={controls.button} onClick={() => void engine.cancelAdding()}>
        Cancel
      </button>
    </>
  )
}

function Summary({ queue, stays }: { readonly queue: Queue; readonly stays: boolean }) {
  const { store } = useApp()
  const leaves = !stays && !needsLook(queue)
  useEffect(() => {
    if (!leaves) return
    const timer = setTimeout(() => store.tell({ type: 'summary-dismissed' }), GOOD_NEWS)
    return () => clearTimeout(timer)
  }, [leaves, store])
  return (
    <>
      <p className={styles.words} role="status">
        {summarySentence(queue)}
      </p>
      <button
        type="button"
        className={`${controls.icon} ${styles.dismiss}`}
        aria-label="Dismiss"
        onClick={() => store.tell({ type: 'summary-dismissed' })}
      >
        <X size={18} />
      </button>
    </>
  )
}
