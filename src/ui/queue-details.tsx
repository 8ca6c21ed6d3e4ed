import { useMemo, useState } from 'react'
import type { FileState } from '../core/events.ts'
import type { QueueEntry } from '../state/app-state.ts'
import { selectQueueEntries } from '../state/selectors.ts'
import styles from './adding-bar.module.css'
import { useApp, useAppState } from './app-context.ts'
import controls from './controls.module.css'
import { formatCount, formatMany } from './numbers.ts'

const ROWS_AT_ONCE = 200

/** Trouble first, then what is being worked on. */
const ORDER: readonly FileState['kind'][] = [
  'failed',
  'partly',
  'embedding',
  'reading',
  'skipped',
  'cancelled',
  'queued',
  'done',
]

export function QueueDetails() {
  const entries = useAppState(selectQueueEntries)
  const [limit, setLimit] = useState(ROWS_AT_ONCE)
  const rows = useMemo(() => firstRows(entries, limit), [entries, limit])
  return (
    <div className={styles.details} role="region" aria-label="Files" tabIndex={0}>
      <table>
        <thead>
          <tr>
            <th scope="col">File</th>
            <th scope="col">State</th>
            <th scope="col">Reason</th>
            <th scope="col">
              <span className="visually-hidden">What can be done</span>
            </th>
          </tr>
        </thead>
        <tbody>
          {rows.map(entry => (
            <Row key={entry.file.ticket} entry={entry} />
          ))}
        </tbody>
      </table>
      {entries.length > limit && (
        <button type="button" className={controls.quiet} onClick={() => setLimit(limit + ROWS_AT_ONCE)}>
          Show more
        </button>
      )}
    </div>
  )
}

function firstRows(entries: readonly QueueEntry[], limit: number): QueueEntry[] {
  const byKind = new Map<FileState['kind'], QueueEntry[]>(ORDER.map(kind => [kind, []]))
  for (const entry of entries) byKind.get(entry.state.kind)?.push(entry)
  return [...byKind.values()].flat().slice(0, limit)
}

function Row({ entry: { file, state } }: { readonly entry: QueueEntry }) {
  const { engine } = useApp()
  return (
    <tr data-state={state.kind}>
      <th scope="row">{file.path}</th>
      <td>{stateWords(state)}</td>
      <td>{'reason' in state ? state.reason : ''}</td>
      <td>
        {state.kind === 'failed' && (
          <button
            type="button"
            className={controls.quiet}
            aria-label={`Retry ${file.name}`}
            onClick={() => void engine.retry(file.ticket)}
          >
            Retry
          </button>
        )}
      </td>
    </tr>
  )
}

function stateWords(state: FileState): string {
  switch (state.kind) {
    case 'queued':
      return 'waiting'
    case 'reading':
      return 'reading'
    case 'embedding':
      return `${formatCount(state.done)} of ${formatMany(state.total, 'passage', 'passages')}`
    case 'done':
      return `searchable, ${formatMany(state.passages, 'passage', 'passages')}`
    case 'partly':
      return 'stored, not yet searchable'
    case 'skipped':
      return 'skipped'
    case 'failed':
      return 'could not be read'
    case 'cancelled':
      return 'not started'
  }
}
