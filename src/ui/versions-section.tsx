import type { LearnedVersion, LearningSource, LearningState } from '../core/learning-state.ts'
import { useApp } from './app-context.ts'
import controls from './controls.module.css'
import styles from './learning.module.css'
import { formatMany } from './numbers.ts'

/** Every version, newest first; the shipped one is the last. */
export function VersionsSection({ learning }: { readonly learning: LearningState }) {
  const { versions, inUse } = learning
  return (
    <section className={styles.section} aria-label="Versions">
      <h3>Versions</h3>
      <ul className={styles.versions}>
        {versions.toReversed().map(version => (
          <Version
            key={version.number}
            number={version.number}
            inUse={inUse}
            title={`Version ${version.number}, ${formatDate(version.learnedAt)}`}
          >
            {scoreWords(version)}
          </Version>
        ))}
        <Version number={0} inUse={inUse} title="As shipped">
          What Belfry comes with.
        </Version>
      </ul>
    </section>
  )
}

interface VersionProps {
  readonly number: number
  readonly inUse: number
  readonly title: string
  readonly children: string
}

function Version({ number, inUse, title, children }: VersionProps) {
  const { engine } = useApp()
  return (
    <li className={styles.version}>
      <div>
        <strong>{title}</strong>
        <p className={styles.soft}>{children}</p>
      </div>
      {number === inUse ? (
        <span className={styles.inUse}>in use</span>
      ) : (
        <button
          type="button"
          className={controls.button}
          aria-label={`Use this one: ${title}`}
          onClick={() => void engine.chooseVersion(number)}
        >
          Use this one
        </button>
      )}
    </li>
  )
}

const EXAMPLES: Readonly<Record<LearningSource, readonly [one: string, many: string]>> = {
  openings: ['opening', 'openings'],
  documents: ['passage', 'passages'],
}

/** "Learned from 160 openings. Average place of what was right: 2.3 before, 1.8 after." */
function scoreWords({ source, scores }: LearnedVersion): string {
  const [one, many] = EXAMPLES[source]
  const places = `${placeOf(scores.before)} before, ${placeOf(scores.after)} after`
  return `Learned from ${formatMany(scores.examples, one, many)}. Average place of what was right: ${places}.`
}

/** A mean reciprocal rank as the place that it stands for. */
function placeOf(rank: number): string {
  return rank > 0 ? (1 / rank).toFixed(1) : '–'
}

function formatDate(at: number): string {
  return new Intl.DateTimeFormat(undefined, { dateStyle: 'medium', timeStyle: 'short' }).format(at)
}
