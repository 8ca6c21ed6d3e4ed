import { useEffect, useRef } from 'react'
import { useApp, useAppState } from './app-context.ts'

/** While files are added, an open search is asked again at most this often, in milliseconds. */
const REFRESH_INTERVAL = 1000

/** Asks the engine whenever the query changes, and again when the library, the model or its learned head has. */
export function useSearch(): void {
  const { engine } = useApp()
  const query = useAppState(state => state.search.query.trim())
  const documents = useAppState(state => state.documents)
  const modelReady = useAppState(state => state.model.kind === 'ready')
  const restored = useAppState(state => state.restore === undefined)
  const adding = useAppState(state => state.queue.running)
  const head = useAppState(state => state.learning?.inUse ?? 0)
  const current = useRef('')
  const waiting = useRef<ReturnType<typeof setTimeout> | undefined>(undefined)

  useEffect(() => {
    current.current = query
    if (query !== '') void engine.search(query)
  }, [engine, query, modelReady, restored, adding, head])

  useEffect(() => {
    if (current.current === '' || waiting.current !== undefined) return
    waiting.current = setTimeout(() => {
      waiting.current = undefined
      if (current.current !== '') void engine.search(current.current)
    }, REFRESH_INTERVAL)
  }, [engine, documents])

  useEffect(
    () => () => {
      clearTimeout(waiting.current)
      waiting.current = undefined
    },
    [],
  )
}
