import { useId, useState } from 'react'
import type { ConnectionState, ServerState } from '../core/server-state.ts'
import type { SyncDirection } from '../core/sync/report.ts'
import { useApp } from './app-context.ts'
import controls from './controls.module.css'
import dialog from './dialog.module.css'
import { formatMany } from './numbers.ts'
import styles from './server.module.css'
import { SyncCopies } from './sync-copies.tsx'
import { SyncReportWords } from './sync-report-words.tsx'
import { SyncRunning } from './sync-running.tsx'
import { planWords } from './sync-words.ts'
import transfer from './transfer.module.css'

interface SyncPanelProps {
  readonly server: ServerState
  readonly connection: ConnectionState
}

/** Looks first and then acts: what would be done, what is being done, what was done. */
export function SyncPanel({ server, connection }: SyncPanelProps) {
  const { activity, trouble, report } = server
  const isReady = connection.needs === 'nothing'
  return (
    <>
      <dl className={dialog.facts}>
        <dt>Server</dt>
        <dd className={styles.words}>{connection.address}</dd>
        <dt>Collection</dt>
        <dd className={styles.words}>{connection.collection}</dd>
      </dl>
      {activity !== undefined && <SyncRunning activity={activity} />}
      {activity === undefined && trouble !== undefined && (
        <p role="alert" className={transfer.problem}>
          {trouble}
        </p>
      )}
      {activity === undefined && isReady && <Steps server={server} />}
      {activity === undefined && server.plan === undefined && report !== undefined && (
        <SyncReportWords report={report} />
      )}
      <SyncCopies copies={server.copies} />
      {isReady && <Schedule every={connection.every} />}
      <Disconnect />
    </>
  )
}

function Steps({ server: { plan } }: { readonly server: ServerState }) {
  const { engine } = useApp()
  const run = (direction: SyncDirection) => () => void engine.synchronise(direction, plan?.full ?? false)
  return (
    <>
      {plan !== undefined && (
        <div role="status" className={styles.part}>
          {planWords(plan.plan).map(words => (
            <p key={words}>{words}</p>
          ))}
        </div>
      )}
      <div className={controls.row}>
        {plan === undefined ? (
          <>
            <button
              type="button"
              className={controls.primary}
              onClick={() => void engine.compareWithServer(false)}
            >
              Compare
            </button>
            <button
              type="button"
              className={controls.button}
              onClick={() => void engine.compareWithServer(true)}
            >
              Compare everything
            </button>
          </>
        ) : (
          <>
            <button type="button" className={controls.primary} onClick={run('both')}>
              Both
            </button>
            <button type="button" className={controls.button} onClick={run('push')}>
              Send
            </button>
            <button type="button" className={controls.button} onClick={run('pull')}>
              Fetch
            </button>
          </>
        )}
      </div>
      {plan === undefined && (
        <p className={transfer.soft}>
          Comparing changes nothing: it says what would be sent and fetched. <em>Compare everything</em> looks
          at the whole collection, for when something else has changed it, or after a long time away.
        </p>
      )}
    </>
  )
}

const INTERVALS = [0, 5, 15, 60, 240]

function Schedule({ every }: { readonly every: number }) {
  const { engine } = useApp()
  const id = useId()
  return (
    <div className={transfer.field}>
      <label htmlFor={id}>By itself, while Belfry is open</label>
      <select
        id={id}
        className={styles.select}
        value={every}
        onChange={event => void engine.scheduleSync(Number(event.currentTarget.value))}
      >
        {INTERVALS.map(minutes => (
          <option key={minutes} value={minutes}>
            {intervalWords(minutes)}
          </option>
        ))}
      </select>
    </div>
  )
}

function intervalWords(minutes: number): string {
  if (minutes === 0) return 'Never'
  if (minutes < 60) return `Every ${minutes} minutes`
  return minutes === 60 ? 'Every hour' : `Every ${formatMany(minutes / 60, 'hour', 'hours')}`
}

function Disconnect() {
  const { engine } = useApp()
  const [isAsking, setAsking] = useState(false)
  if (!isAsking) {
    return (
      <div className={dialog.actions}>
        <button type="button" className={controls.button} onClick={() => setAsking(true)}>
          Disconnect…
        </button>
      </div>
    )
  }
  return (
    <div role="group" aria-label="Disconnect?" className={styles.part}>
      <p>Documents stay, here and on the server. The address and the credential are forgotten.</p>
      <div className={controls.row}>
        <button type="button" className={controls.button} onClick={() => setAsking(false)}>
          Stay connected
        </button>
        <button type="button" className={controls.danger} onClick={() => void engine.disconnectServer()}>
          Disconnect
        </button>
      </div>
    </div>
  )
}
