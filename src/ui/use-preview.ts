import { useCallback, useRef, useState } from 'react'
import { flushSync } from 'react-dom'
import { useAppState } from './app-context.ts'
import type { OpenHit } from './opened.ts'
import { SEARCH_FIELD } from './search-field.tsx'

export interface PreviewControl {
  readonly opened: OpenHit | undefined
  readonly open: (hit: OpenHit) => void
  readonly step: (by: 1 | -1) => void
  /** Gives focus back to what opened the preview. */
  readonly close: () => void
}

/** Which document is open, if any. It closes by itself when the document leaves the library. */
export function usePreview(): PreviewControl {
  const [opened, setOpened] = useState<OpenHit>()
  const opener = useRef<Element | null>(null)
  const present = useAppState(state => opened !== undefined && state.documents.has(opened.id))

  const open = useCallback((hit: OpenHit) => {
    opener.current = document.activeElement
    setOpened(hit)
  }, [])
  const step = useCallback((by: 1 | -1) => {
    setOpened(now => now && { ...now, current: within(now.current + by, now.hits.length) })
  }, [])
  const close = useCallback(() => {
    // At once: on a narrow screen nothing behind the preview can take focus while it is open.
    flushSync(() => setOpened(undefined))
    const back = opener.current?.isConnected === true ? opener.current : document.getElementById(SEARCH_FIELD)
    if (back instanceof HTMLElement) back.focus()
  }, [])
  return { opened: present ? opened : undefined, open, step, close }
}

function within(index: number, length: number): number {
  return Math.max(0, Math.min(length - 1, index))
}
