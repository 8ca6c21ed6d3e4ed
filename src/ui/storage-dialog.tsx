import { X } from 'lucide-react'
import { type MouseEvent, useEffect, useState } from 'react'
import { useApp, useAppState } from './app-context.ts'
import controls from './controls.module.css'
import { Dialog } from './dialog.tsx'
import { focusNeighbour } from './focus-neighbour.ts'
import { formatBytes, formatMany } from './numbers.ts'
import { RemovalToast } from './removal-toast.tsx'
import styles from './transfer.module.css'
import { useDurability } from './use-durability.ts'
import { type SizedDocument, useSizedDocuments } from './use-sized-documents.ts'

const ROWS_AT_ONCE = 100

/** What takes the space, largest first, and the way to get some back. */
export function StorageDialog({ onClose }: { readonly onClose: () => void }) {
  const { engine } = useApp()
  const documents = useSizedDocuments()
  const [limit, setLimit] = useState(ROWS_AT_ONCE)
  useEffect(() => {
    void engine.measureStorage()
    void engine.measureUsage()
  }, [engine, documents.length])
  return (
    <Dialog title="Storage" onClose={onClose}>
      <div className={styles.phase}>
        <Summary />
        <BesideDocuments documents={documents} />
        {documents.length > 0 && (
          <ul className={styles.uses} aria-label="Documents, largest first">
            {documents.slice(0, limit).map(sized => (
              <Row key={sized.document.id} {...sized} />
            ))}
          </ul>
        )}
        {documents.length > limit && (
          <button type="button" className={controls.quiet} onClick={() => setLimit(limit + ROWS_AT_ONCE)}>
            Show more
          </button>
        )}
      </div>
      {/* A modal dialog lies over everything else on the page. */}
      <RemovalToast />
    </Dialog>
  )
}

function Summary() {
  const usage = useAppState(state => state.usage)
  return (
    <>
      {usage !== undefined && (
        <p>
          Belfry uses {formatBytes(usage.used)} of the {formatBytes(usage.quota)} that the browser gives it on
          this device.
        </p>
      )}
      <Protection />
    </>
  )
}

function Protection() {
  const { platform } = useApp()
  const durability = useDurability()
  const [asked, setAsked] = useState(false)
  async function ask(): Promise<void> {
    await platform.durable?.ask()
    setAsked(true)
  }
  if (durability === 'unknown') return null
  if (durability === 'kept') {
    return <p role="status">The browser keeps it until you clear it, also when the disk is full.</p>
  }
  return (
    <>
      <p role="status">
        {asked
          ? 'The browser did not agree. It does when Belfry is installed as an app, or is used often. Until then keep the originals, or export the library.'
          : 'When the disk is full, the browser may delete all of it.'}
      </p>
      <div className={controls.row}>
        <button type="button" className={controls.button} onClick={() => void ask()}>
          Ask the browser to keep it
        </button>
      </div>
    </>
  )
}

function BesideDocuments({ documents }: { readonly documents: readonly SizedDocument[] }) {
  const storage = useAppState(state => state.storage)
  const used = useAppState(state => state.usage?.used ?? 0)
  if (storage === undefined) return null
  const known = documents.reduce(
    (sum, { bytes }) => sum + bytes,
    storage.model + storage.indexes + storage.waiting + storage.headBytes,
  )
  return (
    <ul className={styles.uses} aria-label="Beside the documents">
      {used > known && <Use name="Belfry itself, to start without a network" bytes={used - known} />}
      <Use name="The model" bytes={storage.model} />
      {storage.indexes > 0 && <Use name="Search indexes, so that a start is quick" bytes={storage.indexes} />}
      {storage.waiting > 0 && <Use name="Files that wait to be added" bytes={storage.waiting} />}
      {storage.heads > 0 && (
        <Use
          name={formatMany(storage.heads, 'learned version', 'learned versions')}
          bytes={storage.headBytes}
        />
      )}
    </ul>
  )
}

function Use({ name, bytes }: { readonly name: string; readonly bytes: number }) {
  return (
    <li className={styles.use}>
      <span>{name}</span>
      <span className={styles.size}>{formatBytes(bytes)}</span>
      <span className={styles.place} />
    </li>
  )
}

function Row({ document, bytes }: SizedDocument) {
  const { engine } = useApp()
  function remove(event: MouseEvent<HTMLButtonElement>): void {
    focusNeighbour(event.currentTarget)
    void engine.remove(document.id)
  }
  return (
    <li className={styles.use}>
      <span>{document.title}</span>
      <span className={styles.size}>about {formatBytes(bytes)}</span>
      <button
        type="button"
        className={controls.icon}
        aria-label={`Remove ${document.title}`}
        onClick={remove}
      >
        <X size={18} />
      </button>
    </li>
  )
}
