import { sameCut } from '../core/passage-settings.ts'
import type { PassagesState } from '../core/passages-state.ts'
import { useApp, useAppState } from './app-context.ts'
import choices from './choices.module.css'
import controls from './controls.module.css'
import styles from './learning.module.css'
import { formatCount, formatMany } from './numbers.ts'
import { ProgressBar } from './progress-bar.tsx'

/** How many documents are cut otherwise, and the way to cut them again. Searches go on meanwhile. */
export function CutAgain({ state: { settings, running, trouble } }: { readonly state: PassagesState }) {
  const { engine } = useApp()
  const others = useAppState(state => {
    let count = 0
    for (const { cut } of state.documents.values()) if (!sameCut(cut, settings)) count++
    return count
  })
  const isReady = useAppState(state => state.model.kind === 'ready')
  return (
    <section className={choices.choices} aria-label="Documents">
      {running === undefined ? (
        <>
          <p role="status">{othersWords(others)}</p>
          {others > 0 && (
            <div className={controls.row}>
              <button
                type="button"
                className={controls.button}
                disabled={!isReady}
                onClick={() => void engine.cutAllAgain()}
              >
                Cut everything again
              </button>
            </div>
          )}
        </>
      ) : (
        <>
          <p>
            Cutting {formatCount(running.done + 1)} of {formatMany(running.total, 'document', 'documents')}{' '}
            again. You can close this and search; it goes on, also after a reload.
          </p>
          <div className={styles.progress}>
            <ProgressBar label="Cutting everything again" value={running.done} max={running.total} />
            <button type="button" className={controls.button} onClick={() => void engine.cancelCutting()}>
              Cancel
            </button>
          </div>
        </>
      )}
      {trouble !== undefined && <p role="alert">{trouble}</p>}
    </section>
  )
}

function othersWords(others: number): string {
  if (others === 0) return 'All documents are cut so.'
  const documents = others === 1 ? '1 document is' : `${formatCount(others)} documents are`
  return `${documents} cut otherwise. Nothing is read again for it: what is stored is cut anew, and found as before until then.`
}
