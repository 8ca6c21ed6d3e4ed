import { X } from 'lucide-react'
import { useCallback, useEffect } from 'react'
import type { Queue } from '../state/app-state.ts'
import { needsLook, progressOf, progressSentence, summarySentence } from '../state/selectors.ts'
import { useApp, useAppState } from './app-context.ts'
import styles from './adding-bar.module.css'
import controls from './controls.module.css'
import { FolderOffers } from './folder-offers.tsx'
import { MENU_BUTTON } from './header.tsx'
import { ProgressBar } from './progress-bar.tsx'
import { QueueDetails } from './queue-details.tsx'

/** How long a summary without trouble stays, in milliseconds. */
const GOOD_NEWS = 8000

/** Id of the button that lists the files. */
export const DETAILS_BUTTON = 'adding-details'

interface AddingBarProps {
  /** Whether the files are listed. */
  readonly details: boolean
  readonly onDetails: (shown: boolean) => void
}

/** The bottom bar: what is being added, then how it went. */
export function AddingBar({ details, onDetails }: AddingBarProps) {
  const queue = useAppState(state => state.queue)
  const hasNews = queue.running || (queue.entries.size > 0 && !queue.summaryDismissed)
  const close = useCallback(() => {
    onDetails(false)
    document.getElementById(hasNews ? DETAILS_BUTTON : MENU_BUTTON)?.focus()
  }, [hasNews, onDetails])
  if (!hasNews && !details) return null
  return (
    <section className={styles.bar} aria-label="Adding">
      {details && <QueueDetails onClose={close} />}
      <div className={styles.line}>
        {queue.running && <Running queue={queue} />}
        {!queue.running && hasNews && <Summary queue={queue} stays={details} />}
        {hasNews && <FolderOffers recent onTaken={() => document.getElementById(DETAILS_BUTTON)?.focus()} />}
        <button
          id={DETAILS_BUTTON}
          type="button"
          className={controls.button}
          aria-expanded={details}
          onClick={() => (details ? close() : onDetails(true))}
        >
          {hasNews ? 'Details' : 'Close'}
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
      {queue.paused ? (
        <button type="button" className={controls.button} onClick={() => void engine.resumeAdding()}>
          Resume
        </button>
      ) : (
        <button type="button" className={controls.button} onClick={() => void engine.pauseAdding()}>
          Pause
        </button>
      )}
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
