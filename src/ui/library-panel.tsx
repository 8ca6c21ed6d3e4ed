import { X } from 'lucide-react'
import { memo, useDeferredValue, useEffect, useMemo, useRef, useState } from 'react'
import type { DocumentId, LibraryDocument } from '../core/document.ts'
import { selectAlike, selectDocuments } from '../state/selectors.ts'
import { useApp, useAppState } from './app-context.ts'
import controls from './controls.module.css'
import { FilePickers } from './file-pickers.tsx'
import styles from './library-panel.module.css'
import { LibraryRow } from './library-row.tsx'
import { foldersLine } from './folder-words.ts'
import { formatBytes, formatCount } from './numbers.ts'
import { matchesFilter } from './matches-filter.ts'
import { onlyAlike } from './only-alike.ts'
import { durabilityWords, useDurability } from './use-durability.ts'

const ROWS_AT_ONCE = 200

interface LibraryPanelProps {
  /** Only matters on narrow screens, where the panel is a sheet. */
  readonly shown: boolean
  readonly onClose: () => void
  readonly onOpen: (id: DocumentId) => void
  readonly onClear: () => void
  readonly onStorage: () => void
  readonly onFolders: () => void
}

export function LibraryPanel({ shown, onClose, onOpen, onClear, onStorage, onFolders }: LibraryPanelProps) {
  const documents = useAppState(selectDocuments)
  const alike = useAppState(selectAlike)
  const [alikeOnly, setAlikeOnly] = useState(false)
  const [filter, setFilter] = useState('')
  const needle = useDeferredValue(filter)
  const showsAlike = alikeOnly && alike.size > 0
  const found = useMemo(() => {
    const named = documents.filter(document => matchesFilter(document, needle))
    return showsAlike ? onlyAlike(named, alike) : named
  }, [documents, needle, showsAlike, alike])
  const closer = useRef<HTMLButtonElement>(null)
  useEffect(() => {
    if (shown) closer.current?.focus()
  }, [shown])
  return (
    <aside className={styles.panel} aria-label="Library" data-shown={shown}>
      <div className={styles.head}>
        <h2>
          Library <span className={styles.count}>{formatCount(documents.length)}</span>
        </h2>
        <button
          ref={closer}
          type="button"
          className={`${controls.icon} ${styles.close}`}
          aria-label="Close the library"
          onClick={onClose}
        >
          <X size={18} />
        </button>
      </div>
      <FilePickers />
      <FoldersLine onShow={onFolders} />
      <input
        className={styles.filter}
        type="text"
        aria-label="Filter by name"
        placeholder="Filter by name"
        value={filter}
        onChange={event => setFilter(event.currentTarget.value)}
      />
      {alike.size > 0 && (
        <button
          type="button"
          className={styles.alikeOnly}
          aria-pressed={showsAlike}
          onClick={() => setAlikeOnly(!showsAlike)}
        >
          Nearly the same as others <span>{formatCount(alike.size)}</span>
        </button>
      )}
      <Rows documents={found} onOpen={onOpen} key={`${showsAlike} ${needle}`} />
      <footer className={styles.foot}>
        <Usage onStorage={onStorage} />
        <button type="button" className={controls.quiet} disabled={documents.length === 0} onClick={onClear}>
          Clear everything
        </button>
      </footer>
    </aside>
  )
}

/** Says what the remembered folders need, where there are any. */
function FoldersLine({ onShow }: { readonly onShow: () => void }) {
  const words = useAppState(state => foldersLine(state.folders))
  if (words === undefined) return null
  return (
    <button type="button" className={controls.quiet} onClick={onShow}>
      {words}
    </button>
  )
}

interface RowsProps {
  readonly documents: readonly LibraryDocument[]
  readonly onOpen: (id: DocumentId) => void
}

const Rows = memo(function Rows({ documents, onOpen }: RowsProps) {
  const [limit, setLimit] = useState(ROWS_AT_ONCE)
  if (documents.length === 0) return <p className={styles.none}>No document has that in its name.</p>
  return (
    <div className={styles.scroll}>
      <ul className={styles.rows} aria-label="Documents">
        {documents.slice(0, limit).map(document => (
          <LibraryRow key={document.id} document={document} onOpen={onOpen} />
        ))}
      </ul>
      {documents.length > limit && (
        <button type="button" className={controls.quiet} onClick={() => setLimit(limit + ROWS_AT_ONCE)}>
          Show more
        </button>
      )}
    </div>
  )
})

function Usage({ onStorage }: { readonly onStorage: () => void }) {
  const { engine } = useApp()
  const usage = useAppState(state => state.usage)
  const size = useAppState(state => (state.queue.running ? -1 : state.documents.size))
  const durability = durabilityWords(useDurability())
  useEffect(() => {
    void engine.measureUsage()
  }, [engine, size])
  if (usage === undefined) return <p />
  return (
    <p>
      <button type="button" className={controls.quiet} onClick={onStorage}>
        {formatBytes(usage.used)} of {formatBytes(usage.quota)}
      </button>
      {durability !== undefined && <span className={styles.durability}>{durability}</span>}
    </p>
  )
}
