import type { Hit } from '../core/ranking/answer.ts'
import { MarkedText } from './marked-text.tsx'
import styles from './results.module.css'

interface HitPassageProps {
  readonly hit: Hit
  /** Path and headings, outermost first; empty when there is nothing to tell. */
  readonly place: readonly string[]
  readonly onOpen: () => void
}

export function HitPassage({ hit, place, onOpen }: HitPassageProps) {
  return (
    <div className={styles.hit}>
      <p className={styles.place}>
        <button type="button" onClick={onOpen}>
          {place.length === 0 ? `Passage ${hit.passage + 1}` : place.join(' › ')}
        </button>
      </p>
      <p className={styles.passage}>
        <MarkedText text={hit.text} words={hit.words} sentence={hit.sentence} />
      </p>
    </div>
  )
}
