import type { IndexState } from '../core/index-state.ts'
import { useApp } from './app-context.ts'
import controls from './controls.module.css'
import { ProgressBar } from './progress-bar.tsx'

const LABELS = { linking: 'Making large searches faster', filling: 'Changing the search engine' }

/** What is done to the vector index in the background, and a way to stop it. Searches go on meanwhile. */
export function IndexProgress({ running }: { readonly running: NonNullable<IndexState['running']> }) {
  const { engine } = useApp()
  return (
    <div className={controls.row}>
      <ProgressBar label={LABELS[running.step]} value={running.done} max={running.total} />
      <button type="button" className={controls.quiet} onClick={() => void engine.stopIndexing()}>
        Stop
      </button>
    </div>
  )
}
