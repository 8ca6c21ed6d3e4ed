import type { SyncReport } from '../core/sync/report.ts'
import { formatMany } from './numbers.ts'
import styles from './server.module.css'
import { reportWords } from './sync-words.ts'
import transfer from './transfer.module.css'

/** Problems that are listed; the rest are counted. */
const LISTED = 20

/** What came of the last time. */
export function SyncReportWords({ report }: { readonly report: SyncReport }) {
  const isFailed = report.kind === 'failed'
  const problems = report.kind === 'done' ? report.outcome.problems : []
  return (
    <div className={styles.part}>
      <div role={isFailed ? 'alert' : 'status'} className={isFailed ? transfer.problem : styles.words}>
        <p>
          {formatTime(report.at)}: {reportWords(report).join(' ')}
        </p>
      </div>
      {problems.length > 0 && (
        <details>
          <summary>
            {formatMany(problems.length, 'document on the server was', 'documents on the server were')} not
            understood
          </summary>
          <ul className={styles.list}>
            {problems.slice(0, LISTED).map(({ id, sentence }) => (
              <li key={id}>{sentence}</li>
            ))}
            {problems.length > LISTED && (
              <li>and {formatMany(problems.length - LISTED, 'other', 'others')}</li>
            )}
          </ul>
        </details>
      )}
    </div>
  )
}

export function formatTime(at: number): string {
  return new Intl.DateTimeFormat(undefined, { dateStyle: 'medium', timeStyle: 'short' }).format(at)
}
