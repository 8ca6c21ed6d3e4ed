import { useMemo } from 'react'
import type { LibraryDocument } from '../core/document.ts'
import { storedSize } from '../core/stored-size.ts'
import { useAppState } from './app-context.ts'

/** Of the model in the box: good enough for an estimate until a model is there. */
const USUAL_DIMENSION = 256

export interface SizedDocument {
  readonly document: LibraryDocument
  /** About how many bytes it takes. */
  readonly bytes: number
}

/** Every document with its size, the largest first. */
export function useSizedDocuments(): readonly SizedDocument[] {
  const documents = useAppState(state => state.documents)
  const dimension = useAppState(({ model }) =>
    model.kind === 'ready' ? model.info.dimension : USUAL_DIMENSION,
  )
  return useMemo(
    () =>
      [...documents.values()]
        .map(document => ({ document, bytes: storedSize(document, dimension) }))
        .toSorted((a, b) => b.bytes - a.bytes),
    [documents, dimension],
  )
}
