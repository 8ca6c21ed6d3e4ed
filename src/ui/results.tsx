import { useState } from 'react'
import type { SearchAnswer } from '../core/ranking/answer.ts'
import { selectAnswer, selectSearchPhase } from '../state/selectors.ts'
import { useAppState } from './app-context.ts'
import { nothingFound } from './nothing-found.ts'
import controls from './controls.module.css'
import { ExampleQueries } from './example-queries.tsx'
import { ResultItem } from './result-item.tsx'
import type { OpenHit } from './opened.ts'
import styles from './results.module.css'

/** What is painted with every key stroke; more of it only when somebody asks. */
const AT_ONCE = 20

interface ResultsProps {
  readonly onOpen: (hit: OpenHit) => void
}

export function Results({ onOpen }: ResultsProps) {
  const phase = useAppState(selectSearchPhase)
  const answer = useAppState(selectAnswer)
  const failure = useAppState(state => state.search.failure)
  const modelFailed = useAppState(state => state.model.kind === 'failed')
  if (phase === 'idle') return <ExampleQueries />
  if (phase === 'failed') {
    return (
      <p className={styles.nothing} role="alert">
        {failure}
      </p>
    )
  }
  if (answer === undefined) return modelFailed ? null : <Skeleton />
  return <Answer answer={answer} waiting={phase === 'waiting'} onOpen={onOpen} />
}

interface AnswerProps extends ResultsProps {
  readonly answer: SearchAnswer
  readonly waiting: boolean
}

/**
 * While a newer query waits for its answer, the old results keep their place, so that nothing jumps; but they are inert
 * and hidden from everything that reads the page, because they answer a question that nobody asks any more.
 */
function Answer({ answer, waiting, onOpen }: AnswerProps) {
  const [limit, setLimit] = useState(AT_ONCE)
  if (answer.results.length === 0) {
    return waiting ? <Skeleton /> : <p className={styles.nothing}>{nothingFound(answer)}</p>
  }
  const none = answer.strength === 'none'
  return (
    <div inert={waiting} aria-hidden={waiting} className={waiting ? styles.stale : undefined}>
      <h2 className="visually-hidden">Results</h2>
      {none && <p className={styles.nothing}>Nothing says that in so many words. Nearest in meaning:</p>}
      <ol aria-label="Results" className={none ? styles.faint : styles.results}>
        {answer.results.slice(0, limit).map(result => (
          <ResultItem key={result.id} result={result} onOpen={onOpen} />
        ))}
      </ol>
      {answer.results.length > limit && (
        <button type="button" className={controls.quiet} onClick={() => setLimit(limit + AT_ONCE)}>
          Show more
        </button>
      )}
    </div>
  )
}

function Skeleton() {
  return (
    <div className={styles.skeleton} aria-hidden>
      <div />
      <div />
      <div />
    </div>
  )
}
