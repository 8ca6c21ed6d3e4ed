import { useEffect, useEffectEvent } from 'react'
import type { SourceFile } from '../core/ports/files.ts'
import { noteOf, noteTime } from '../core/text/pasted-note.ts'
import { useApp } from './app-context.ts'

/** While it is on, takes in what is pasted outside of a text field and of dialogs: files, or a text as a note. */
export function usePaste(isOn: boolean, onFiles: (files: readonly SourceFile[]) => void): void {
  const { store } = useApp()
  const onPaste = useEffectEvent((event: ClipboardEvent) => {
    const { clipboardData, target } = event
    if (
      !isOn ||
      clipboardData === null ||
      event.defaultPrevented ||
      document.querySelector('dialog[open]') !== null
    )
      return
    const files = [...clipboardData.files]
    // Text that is pasted into a field is meant for it; files are not.
    if (isField(target) && (files.length === 0 || clipboardData.types.includes('text/plain'))) return
    const at = new Date()
    if (files.length > 0) onFiles(files.map(file => fileOf(file, at)))
    else {
      const note = noteOf(clipboardData.getData('text/plain'), noteTime(at))
      if (note === undefined) return
      onFiles([
        sourceOf(new File([note.text], note.name, { type: 'text/plain', lastModified: at.getTime() })),
      ])
      if (note.links > 0) store.tell({ type: 'links-pasted', links: note.links })
    }
    event.preventDefault()
  })
  useEffect(() => {
    const listener = (event: ClipboardEvent) => onPaste(event)
    document.addEventListener('paste', listener)
    return () => document.removeEventListener('paste', listener)
  }, [])
}

/** A picture out of another program has no name of its own: browsers call every one of them "image.png". */
function fileOf(file: File, at: Date): SourceFile {
  const unnamed = /^image(\.\w+)$/.exec(file.name)
  if (unnamed === null) return sourceOf(file)
  return sourceOf(new File([file], `Pasted ${noteTime(at)}${unnamed[1]}`, { type: file.type }))
}

function sourceOf(file: File): SourceFile {
  return { name: file.name, path: file.name, modifiedAt: file.lastModified, blob: file }
}

function isField(target: EventTarget | null): boolean {
  if (target instanceof HTMLInputElement) return target.type !== 'file'
  return target instanceof HTMLTextAreaElement || (target instanceof HTMLElement && target.isContentEditable)
}
