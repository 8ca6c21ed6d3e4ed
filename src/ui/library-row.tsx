import { Columns3, X } from 'lucide-react'
import { memo, type MouseEvent } from 'react'
import type { DocumentId, LibraryDocument } from '../core/document.ts'
import { isTableName } from '../core/table.ts'
import { selectAlike } from '../state/selectors.ts'
import { alikeWords } from './alike-words.ts'
import { useApp, useAppState } from './app-context.ts'
import controls from './controls.module.css'
import { focusNeighbour } from './focus-neighbour.ts'
import styles from './library-panel.module.css'

interface LibraryRowProps {
  readonly document: LibraryDocument
  readonly onOpen: (id: DocumentId) => void
}

export const LibraryRow = memo(function LibraryRow({ document, onOpen }: LibraryRowProps) {
  const { engine, store } = useApp()
  const alike = useAppState(state => selectAlike(state).get(document.id))
  function remove(event: MouseEvent<HTMLButtonElement>): void {
    focusNeighbour(event.currentTarget)
    void engine.remove(document.id)
  }
  return (
    <li className={styles.row}>
      <button type="button" className={styles.open} onClick={() => onOpen(document.id)}>
        <span className={styles.title}>{document.title}</span>
        <span className={styles.path}>{document.path}</span>
        {alike !== undefined && <span className={styles.alike}>{alikeWords(alike)}</span>}
      </button>
      {isFromTable(document) && (
        <button
          type="button"
          className={`${controls.icon} ${styles.remove}`}
          aria-label={`Choose columns of ${document.title}`}
          title="Choose columns"
          onClick={() => store.tell({ type: 'columns-asked', document })}
        >
          <Columns3 size={18} />
        </button>
      )}
      <button
        type="button"
        className={`${controls.icon} ${styles.remove}`}
        aria-label={`Remove ${document.title}`}
        onClick={remove}
      >
        <X size={18} />
      </button>
    </li>
  )
})

/** Not one inside of an archive: its columns are those of all tables like it. */
function isFromTable({ source, path }: LibraryDocument): boolean {
  return isTableName(source?.path ?? path)
}
