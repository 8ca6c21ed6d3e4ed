import { useEffect, useState } from 'react'
import type { DocumentContents, DocumentId } from '../core/document.ts'
import { useApp } from './app-context.ts'

/** What a document says: `undefined` while it is fetched, `'gone'` when the library no longer has it. */
export function useDocumentContents(id: DocumentId): DocumentContents | 'gone' | undefined {
  const { engine } = useApp()
  const [fetched, setFetched] = useState<{
    readonly id: DocumentId
    readonly contents: DocumentContents | 'gone'
  }>()
  useEffect(() => {
    let wanted = true
    const show = (contents: DocumentContents | 'gone') => {
      if (wanted) setFetched({ id, contents })
    }
    engine.open(id).then(
      contents => show(contents ?? 'gone'),
      () => show('gone'),
    )
    return () => {
      wanted = false
    }
  }, [engine, id])
  return fetched?.id === id ? fetched.contents : undefined
}
