import type { CopyState } from '../core/server-state.ts'
import { useApp } from './app-context.ts'
import controls from './controls.module.css'
import { saveFile } from './save-file.ts'
import styles from './server.module.css'
import { formatTime } from './sync-report-words.tsx'
import transfer from './transfer.module.css'

/** Versions that lost against a later one, and what to do about each. */
export function SyncCopies({ copies }: { readonly copies: readonly CopyState[] }) {
  if (copies.length === 0) return null
  return (
    <section className={styles.part} aria-label="Conflict copies">
      <h3>Conflict copies</h3>
      <p className={transfer.soft}>
        These documents were changed on two devices. The later version is in the library; this is the other.
      </p>
      <ul className={styles.list} aria-label="Conflict copies">
        {copies.map(copy => (
          <Copy key={`${copy.id} ${copy.revision}`} copy={copy} />
        ))}
      </ul>
    </section>
  )
}

function Copy({ copy }: { readonly copy: CopyState }) {
  const { engine } = useApp()
  const { id, revision, title, from, keptAt } = copy
  async function save(): Promise<void> {
    const text = await engine.readCopy(id, revision)
    if (text !== undefined) saveFile(`${title.slice(0, 80)} (copy).txt`, new Blob([text]))
  }
  return (
    <li>
      <p>
        <span className={transfer.name}>{title}</span>, {from === 'here' ? 'of this device' : 'of the server'}
        , {formatTime(keptAt)}
      </p>
      <div className={controls.row}>
        <button
          type="button"
          className={controls.button}
          aria-label={`Use this version of ${title}`}
          onClick={() => void engine.takeCopyBack(id, revision)}
        >
          Use this version
        </button>
        <button
          type="button"
          className={controls.button}
          aria-label={`Save the text of ${title}`}
          onClick={() => void save()}
        >
          Save the text
        </button>
        <button
          type="button"
          className={controls.danger}
          aria-label={`Discard the copy of ${title}`}
          onClick={() => void engine.dropCopy(id, revision)}
        >
          Discard
        </button>
      </div>
    </li>
  )
}
