import type { LearningSource, LearningState } from '../core/learning-state.ts'
import { useApp } from './app-context.ts'
import controls from './controls.module.css'
import styles from './learning.module.css'
import { ProgressBar } from './progress-bar.tsx'

const BUTTONS: readonly (readonly [source: LearningSource, words: string])[] = [
  ['openings', 'Learn from what I opened'],
  ['documents', 'Learn from my documents'],
]

/** What Belfry can learn from, how far it is, and what came of it. */
export function LearnSection({ learning }: { readonly learning: LearningState }) {
  const { engine } = useApp()
  const { running, outcome } = learning
  return (
    <section className={styles.section} aria-label="Learn">
      <p className={styles.soft}>
        Learning changes how queries are understood, never your documents. What it learns is used only when it
        is better on examples it has not seen and next to nothing is lost on everyday queries.
      </p>
      <div className={controls.row}>
        {BUTTONS.map(([source, words]) => (
          <button
            key={source}
            type="button"
            className={controls.button}
            disabled={running !== undefined}
            onClick={() => void engine.learn(source)}
          >
            {words}
          </button>
        ))}
      </div>
      {running !== undefined && (
        <div className={styles.progress}>
          <ProgressBar label="Learning" value={Math.round(running.share * 100)} max={100} />
          <button type="button" className={controls.quiet} onClick={() => void engine.cancelLearning()}>
            Cancel
          </button>
        </div>
      )}
      <p role="status" className={styles.outcome}>
        {outcome?.sentence}
      </p>
    </section>
  )
}
