import { type RefObject, useEffect, useRef } from 'react'

/** The element takes focus when the control that had it has gone with its phase. */
export function usePhaseFocus<T extends HTMLElement>(phase: string): RefObject<T | null> {
  const element = useRef<T>(null)
  const last = useRef(phase)
  useEffect(() => {
    const focused = document.activeElement
    const isLost = focused === null || focused === document.body || focused instanceof HTMLDialogElement
    if (phase !== last.current && isLost) element.current?.focus()
    last.current = phase
  }, [phase])
  return element
}
