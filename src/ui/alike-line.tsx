import type { DocumentId } from '../core/document.ts'
import { selectAlike } from '../state/selectors.ts'
import { useApp, useAppState } from './app-context.ts'
import controls from './controls.module.css'
import { formatCount } from './numbers.ts'
import styles from './preview.module.css'

/** Documents that are named; the rest are counted. */
const NAMED = 3

interface AlikeLineProps {
  readonly id: DocumentId
  readonly onOpen: (id: DocumentId) => void
}

/** Of a document that says nearly the same as others: which they are, to be opened; and the way to be rid of this one. */
export function AlikeLine({ id, onOpen }: AlikeLineProps) {
  const { engine } = useApp()
  const alike = useAppState(state => selectAlike(state).get(id))
  const [first] = alike ?? []
  if (alike === undefined || first === undefined) return null
  const other = first.id
  function remove(): void {
    onOpen(other)
    void engine.remove(id)
  }
  return (
    <div className={styles.alike} role="group" aria-label="Nearly the same">
      <span>Nearly the same as</span>
      {alike.slice(0, NAMED).map(document => (
        <button
          key={document.id}
          type="button"
          className={controls.quiet}
          title={document.path}
          onClick={() => onOpen(document.id)}
        >
          {document.title}
          <span className={styles.place}>{document.path}</span>
        </button>
      ))}
      {alike.length > NAMED && <span>and {formatCount(alike.length - NAMED)} more</span>}
      <button type="button" className={controls.button} onClick={remove}>
        Remove this one
      </button>
    </div>
  )
}
