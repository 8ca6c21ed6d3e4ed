import { memo, useDeferredValue, useEffect, useMemo, useRef, useState } from 'react'
import type { QueuedFile } from '../core/events.ts'
import { isTableName } from '../core/table.ts'
import type { QueueEntry } from '../state/app-state.ts'
import { selectQueueEntries } from '../state/selectors.ts'
import { useApp, useAppState } from './app-context.ts'
import controls from './controls.module.css'
import { formatCount } from './numbers.ts'
import styles from './queue-details.module.css'
import { countOf, QUEUE_FILTERS, type QueueFilter, queueRows } from './queue-rows.ts'
import { fileStateWords } from './state-words.ts'
import { useRowsInView } from './use-rows-in-view.ts'

interface QueueDetailsProps {
  readonly onClose: () => void
}

/** A row per file, with what has become of it. */
export function QueueDetails({ onClose }: QueueDetailsProps) {
  const entries = useDeferredValue(useAppState(selectQueueEntries))
  const [filter, setFilter] = useState<QueueFilter>(QUEUE_FILTERS[0])
  const [name, setName] = useState('')
  useEffect(() => {
    function close(event: KeyboardEvent): void {
      if (event.key !== 'Escape' || document.querySelector('dialog[open]') !== null) return
      // Nothing behind the list is left at the same time.
      event.stopImmediatePropagation()
      onClose()
    }
    document.addEventListener('keydown', close, { capture: true })
    return () => document.removeEventListener('keydown', close, { capture: true })
  }, [onClose])
  const rows = useMemo(() => queueRows(entries, filter, name), [entries, filter, name])
  return (
    <div className={styles.details} role="region" aria-label="Files">
      {entries.length === 0 ? (
        <p className={styles.none}>Nothing has been added since this page was opened.</p>
      ) : (
        <>
          <div className={styles.tools}>
            <Filters chosen={filter} onChoose={setFilter} />
            <input
              type="text"
              aria-label="Find a file"
              placeholder="Find a file"
              value={name}
              onChange={event => setName(event.currentTarget.value)}
            />
            <RetryAll />
          </div>
          {/* Another filter begins at the top. */}
          <Table key={`${filter.name} ${name}`} rows={rows} />
        </>
      )}
    </div>
  )
}

interface FiltersProps {
  readonly chosen: QueueFilter
  readonly onChoose: (filter: QueueFilter) => void
}

function Filters({ chosen, onChoose }: FiltersProps) {
  const counts = useAppState(state => state.queue.counts)
  return (
    <div className={styles.filters} role="group" aria-label="State">
      {QUEUE_FILTERS.map(filter => ({ filter, count: countOf(counts, filter) }))
        .filter(({ filter, count }) => count > 0 || filter === chosen)
        .map(({ filter, count }) => (
          <button
            key={filter.name}
            type="button"
            className={styles.filter}
            aria-pressed={filter === chosen}
            onClick={() => onChoose(filter)}
          >
            {filter.name} <span>{formatCount(count)}</span>
          </button>
        ))}
    </div>
  )
}

function RetryAll() {
  const { engine } = useApp()
  const failed = useAppState(state => state.queue.counts.failed)
  if (failed === 0) return null
  return (
    <button type="button" className={controls.quiet} onClick={() => void engine.retryFailed()}>
      Retry all failed
    </button>
  )
}

function Table({ rows }: { readonly rows: readonly QueueEntry[] }) {
  const scroller = useRef<HTMLDivElement>(null)
  const { first, end, row } = useRowsInView(scroller, rows.length)
  if (rows.length === 0) return <p className={styles.none}>No file is like that.</p>
  const isLong = row !== undefined
  return (
    <div ref={scroller} className={styles.scroll} role="region" aria-label="States" tabIndex={0}>
      <table aria-rowcount={rows.length + 1} data-long={isLong}>
        <thead>
          <tr aria-rowindex={1}>
            <th scope="col">File</th>
            <th scope="col">State</th>
            <th scope="col">Reason</th>
            <th scope="col">
              <span className="visually-hidden">What can be done</span>
            </th>
          </tr>
        </thead>
        <tbody>
          {isLong && <Gap height={first * row} />}
          {rows.slice(first, end).map((entry, i) => (
            <Row key={entry.file.ticket} entry={entry} index={first + i + 2} height={row} />
          ))}
          {isLong && <Gap height={(rows.length - end) * row} />}
        </tbody>
      </table>
    </div>
  )
}

/** Takes the place of rows that cannot be seen. */
function Gap({ height }: { readonly height: number }) {
  if (height <= 0) return null
  return (
    <tr aria-hidden="true" className={styles.gap}>
      <td colSpan={4} style={{ blockSize: height }}>
        {' '}
      </td>
    </tr>
  )
}

interface RowProps {
  readonly entry: QueueEntry
  readonly index: number
  /** In CSS pixels; as high as its words where it is left out. */
  readonly height: number | undefined
}

const Row = memo(function Row({ entry: { file, state }, index, height }: RowProps) {
  const { engine } = useApp()
  const reason = 'reason' in state ? state.reason : ''
  return (
    <tr data-state={state.kind} aria-rowindex={index} style={{ blockSize: height }}>
      <th scope="row" title={file.path}>
        {file.path}
      </th>
      <td>{fileStateWords(state)}</td>
      <td title={reason}>{reason}</td>
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
        {(state.kind === 'done' || state.kind === 'partly') && isTableName(file.name) && (
          <ColumnsButton file={file} />
        )}
      </td>
    </tr>
  )
})

function ColumnsButton({ file }: { readonly file: QueuedFile }) {
  const { store } = useApp()
  function ask(): void {
    const documents = [...store.getState().documents.values()]
    const document = documents.findLast(({ source, path }) => (source?.path ?? path) === file.path)
    if (document === undefined) {
      store.tell({ type: 'trouble-met', message: `Nothing of “${file.name}” is in the library any more.` })
    } else store.tell({ type: 'columns-asked', document })
  }
  return (
    <button
      type="button"
      className={controls.quiet}
      aria-label={`Choose columns of ${file.name}…`}
      onClick={ask}
    >
      Columns…
    </button>
  )
}
