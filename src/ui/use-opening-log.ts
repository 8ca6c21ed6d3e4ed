import { useCallback, useEffect, useMemo } from 'react'
import type { Opening } from '../core/interaction.ts'
import type { AppState } from '../state/app-state.ts'
import { selectAnswer } from '../state/selectors.ts'
import { useApp } from './app-context.ts'
import type { OpenHit } from './opened.ts'
import { createOpeningWatch } from './opening-watch.ts'
import type { PreviewControl } from './use-preview.ts'

const milliseconds = () => performance.now()

/** The preview's `open`, which also tells the engine what was opened among what was shown, when it is closed again. */
export function useOpeningLog({ opened, open }: PreviewControl): PreviewControl['open'] {
  const { engine, store } = useApp()
  const watch = useMemo(
    () => createOpeningWatch(milliseconds, opening => void engine.opened(opening)),
    [engine],
  )
  const isOpen = opened !== undefined
  useEffect(() => {
    if (!isOpen) watch.end()
  }, [watch, isOpen])
  useEffect(() => {
    // The last that a page hears before it is closed or put away.
    const hide = () => document.visibilityState === 'hidden' && watch.end()
    document.addEventListener('visibilitychange', hide)
    return () => document.removeEventListener('visibilitychange', hide)
  }, [watch])
  return useCallback(
    hit => {
      watch.begin(openingOf(hit, store.getState()))
      open(hit)
    },
    [watch, store, open],
  )
}

/** `undefined` for a document that was not opened from an answer. */
function openingOf(hit: OpenHit, state: AppState): Omit<Opening, 'milliseconds'> | undefined {
  const current = hit.hits[hit.current]
  const query = state.search.answered?.query
  if (current === undefined || query === undefined) return undefined
  // One that was folded under another is looked at in its place.
  const results = (selectAnswer(state)?.results ?? []).map(
    result => result.alike?.find(({ id }) => id === hit.id) ?? result,
  )
  const shown = results.flatMap(({ id, hits }) => hits.map(({ passage }) => ({ document: id, passage })))
  return { query, shown, opened: { document: hit.id, passage: current.passage } }
}
