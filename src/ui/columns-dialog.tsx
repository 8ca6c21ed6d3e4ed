import { type ChangeEvent, useEffect, useState } from 'react'
import { flushSync } from 'react-dom'
import type { TableLook } from '../app/tables-api.ts'
import type { LibraryDocument } from '../core/document.ts'
import type { SourceFile } from '../core/ports/files.ts'
import type { ColumnUse, ColumnUses, TableHead } from '../core/table.ts'
import { useApp } from './app-context.ts'
import { askToRead } from './choose-folder.ts'
import { ColumnTable } from './column-table.tsx'
import styles from './columns-dialog.module.css'
import controls from './controls.module.css'
import { Dialog } from './dialog.tsx'
import dialog from './dialog.module.css'
import { formatBytes } from './numbers.ts'
import { SEARCH_FIELD } from './search-field.tsx'
import { sourceFiles } from './source-files.ts'
import { usePhaseFocus } from './use-phase-focus.ts'

interface ColumnsDialogProps {
  /** One that was read from a table. */
  readonly document: LibraryDocument
  readonly onClose: () => void
}

/** What the columns of a table are read as. */
export function ColumnsDialog({ document: table, onClose }: ColumnsDialogProps) {
  const { engine, store } = useApp()
  const [picked, setPicked] = useState<SourceFile>()
  const [look, setLook] = useState<TableLook>()
  const body = usePhaseFocus<HTMLDivElement>(look?.kind ?? 'looking')
  const { id, source } = table
  const file = source ?? table
  useEffect(() => {
    let isCurrent = true
    async function lookAtIt(): Promise<void> {
      const folder = store.getState().folders.find(one => one.id === source?.folder)
      // Somebody has just asked for it, so that the browser lets us ask.
      if (folder !== undefined && folder.access !== 'granted') await askToRead(folder.handle)
      const seen = await engine.lookAtTable(id, picked)
      if (isCurrent) setLook(seen)
    }
    void lookAtIt()
    return () => {
      isCurrent = false
    }
  }, [engine, store, id, source, picked])
  function readAgain(uses: ColumnUses): void {
    flushSync(onClose)
    // The row that it was opened from goes with its document.
    document.getElementById(SEARCH_FIELD)?.focus()
    void engine.chooseColumns(id, uses, picked)
  }
  return (
    <Dialog title="Choose columns" onClose={onClose}>
      <div ref={body} tabIndex={-1} className={styles.body}>
        <p className={styles.path}>{file.path}</p>
        {look === undefined && <p role="status">Looking at its first rows…</p>}
        {look?.kind === 'absent' && (
          <p>
            Belfry keeps what a table says, and not the table itself. Pick the file, so that it can be read
            again.
          </p>
        )}
        {look?.kind === 'none' && <p role="alert">{look.reason}</p>}
        {picked !== undefined && picked.blob.size !== file.bytes && look?.kind === 'table' && (
          <p role="status">
            This file has {formatBytes(picked.blob.size)}, and the one that was read had{' '}
            {formatBytes(file.bytes)}. It takes the place of that one.
          </p>
        )}
        {(look?.kind === 'absent' || (look?.kind === 'none' && picked !== undefined)) && (
          <TablePicker onPick={setPicked} />
        )}
        {look?.kind === 'table' && (
          <Choice
            key={picked?.name ?? ''}
            head={look.head}
            chosen={look.chosen}
            onRead={readAgain}
            onCancel={onClose}
          />
        )}
      </div>
    </Dialog>
  )
}

function TablePicker({ onPick }: { readonly onPick: (file: SourceFile) => void }) {
  async function pick(event: ChangeEvent<HTMLInputElement>): Promise<void> {
    const [file] = event.currentTarget.files ?? []
    // So that choosing the same file again is a change again.
    event.currentTarget.value = ''
    const [picked] = file === undefined ? [] : await sourceFiles([{ file, path: file.name }])
    if (picked !== undefined) onPick(picked)
  }
  return (
    <div className={controls.row}>
      <label className={controls.button}>
        Pick the file
        <input className={controls.fileInput} type="file" onChange={event => void pick(event)} />
      </label>
    </div>
  )
}

interface ChoiceProps {
  readonly head: TableHead
  readonly chosen: ColumnUses | undefined
  readonly onRead: (uses: ColumnUses) => void
  readonly onCancel: () => void
}

function Choice({ head, chosen, onRead, onCancel }: ChoiceProps) {
  const [uses, setUses] = useState(() => usesOf(head, chosen))
  const isNothing = uses.every(([, use]) => use === 'nothing')
  function change(column: string, use: ColumnUse): void {
    setUses(uses.map(([name, before]) => [name, name === column ? use : instead(before, use)]))
  }
  return (
    <>
      <ColumnTable head={head} uses={uses} onChange={change} />
      <p className={styles.soft}>
        A row is called by its title; tags and a date stand beside it. All tables with the same columns are
        read like this from now on.
      </p>
      {isNothing && <p role="alert">Nothing is left to search: leave at least one column in.</p>}
      <div className={dialog.actions}>
        <button type="button" className={controls.quiet} onClick={() => setUses(usesOf(head, undefined))}>
          As Belfry guesses
        </button>
        <button type="button" className={controls.button} onClick={onCancel}>
          Cancel
        </button>
        <button type="button" className={controls.primary} disabled={isNothing} onClick={() => onRead(uses)}>
          Read it again
        </button>
      </div>
    </>
  )
}

function usesOf({ columns }: TableHead, chosen: ColumnUses | undefined): ColumnUses {
  const known = chosen && new Map(chosen)
  return columns.map(({ name, use }) => [name, known === undefined ? use : (known.get(name) ?? 'text')])
}

/** There is one title. */
function instead(before: ColumnUse, chosen: ColumnUse): ColumnUse {
  return before === 'title' && chosen === 'title' ? 'text' : before
}
