import type { LearningState } from '../core/learning-state.ts'
import { useApp } from './app-context.ts'
import controls from './controls.module.css'
import styles from './learning.module.css'
import { formatMany } from './numbers.ts'
import { saveFile } from './save-file.ts'

export function OpeningsSection({ learning }: { readonly learning: LearningState }) {
  const { engine } = useApp()
  async function save(): Promise<void> {
    const entries = await engine.exportLog()
    const text = `${JSON.stringify(entries, null, 2)}\n`
    saveFile('belfry-openings.json', new Blob([text], { type: 'application/json' }))
  }
  return (
    <section className={styles.section} aria-label="What you opened">
      <label className={styles.switch}>
        <input
          type="checkbox"
          checked={learning.noting}
          onChange={event => void engine.noteOpenings(event.currentTarget.checked)}
        />
        Note which results I open
      </label>
      <p className={styles.soft}>
        The query, what was shown, what you opened and for how long. It stays on this device, and nothing is
        learned from it until you ask.
      </p>
      <div className={controls.row}>
        <span className={styles.count}>{formatMany(learning.openings, 'opening', 'openings')} noted</span>
        <button
          type="button"
          className={controls.button}
          disabled={learning.openings === 0}
          onClick={() => void save()}
        >
          Export
        </button>
        <button
          type="button"
          className={controls.button}
          disabled={learning.openings === 0}
          onClick={() => void engine.clearLog()}
        >
          Forget them
        </button>
      </div>
    </section>
  )
}
