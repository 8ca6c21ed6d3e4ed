import { useEffect } from 'react'
import type { IndexKind, IndexState } from '../core/index-state.ts'
import { useApp, useAppState } from './app-context.ts'
import controls from './controls.module.css'
import { Dialog } from './dialog.tsx'
import { IndexProgress } from './index-progress.tsx'
import styles from './learning.module.css'
import { formatCount, formatMany } from './numbers.ts'

const KINDS: readonly (readonly [kind: IndexKind, name: string, words: string])[] = [
  [
    'own',
    'Belfry’s own',
    'Looks at every passage while that is fast on this device, and follows links in larger libraries.',
  ],
  [
    'hnswlib',
    'hnswlib-wasm',
    'A well-known engine, to compare with: slower to fill and to ask, and it may miss some. Fetched from this site when it is picked.',
  ],
]

/** What finds the nearest by meaning, how it does that here, and the other one to pick. */
export function SearchEngineDialog({ onClose }: { readonly onClose: () => void }) {
  const { engine } = useApp()
  const index = useAppState(state => state.index)
  useEffect(() => {
    void engine.measureIndex()
  }, [engine])
  const running = index.running !== undefined
  return (
    <Dialog title="Search engine" onClose={onClose}>
      <section className={styles.section} aria-label="Now">
        <p>{stateWords(index)}</p>
        {index.running !== undefined && <IndexProgress running={index.running} />}
        {index.stopped && (
          <div className={controls.row}>
            <button type="button" className={controls.button} onClick={() => void engine.resumeIndexing()}>
              Go on
            </button>
          </div>
        )}
        {index.trouble !== undefined && <p role="alert">{index.trouble}</p>}
      </section>
      <div className={styles.section} role="radiogroup" aria-label="Engine">
        {KINDS.map(([kind, name, words]) => (
          <label key={kind} className={styles.switch}>
            <input
              type="radio"
              name="search-engine"
              checked={index.kind === kind}
              disabled={running}
              onChange={() => void engine.chooseIndex(kind)}
            />
            <span>
              {name}
              <br />
              <span className={styles.soft}>{words}</span>
            </span>
          </label>
        ))}
      </div>
    </Dialog>
  )
}

function stateWords({ kind, preparation, stopped }: IndexState): string {
  if (kind === 'hnswlib') return 'Meaning is searched by hnswlib-wasm, through links.'
  if (preparation === undefined) return 'Every passage is compared with what you type.'
  const { linked, total, threshold } = preparation
  const limit = `On this device that is fast up to about ${formatMany(threshold, 'passage', 'passages')}.`
  if (total === 0) return `Every passage is compared with what you type. ${limit}`
  if (linked < total) {
    const state = stopped ? 'linking them was stopped' : 'they are being linked'
    const done = `${formatCount(linked)} of ${formatCount(total)} so far`
    return `Every passage is compared with what you type. ${limit} There are more, and ${state}: ${done}.`
  }
  return `All ${formatMany(total, 'passage', 'passages')} are linked. Links are followed where that is faster than comparing every one, as soon as some searches have shown that it finds nearly the same.`
}
