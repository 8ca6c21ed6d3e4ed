import { useEffect, useEffectEvent } from 'react'
import { SEARCH_FIELD } from './search-field.tsx'

export interface ShortcutActions {
  /** Next or previous hit in the preview. */
  step(by: 1 | -1): void
  /** One level back; false when there was nothing to close. */
  back(): boolean
  showShortcuts(): void
}

/** The page's keys. Nothing happens while a dialog is open, and letters do nothing while something is typed. */
export function useShortcuts(actions: ShortcutActions): void {
  const onKey = useEffectEvent((event: KeyboardEvent) => {
    if (event.defaultPrevented || event.isComposing || document.querySelector('dialog[open]') !== null) return
    if (handle(event, actions)) event.preventDefault()
  })
  useEffect(() => {
    const listener = (event: KeyboardEvent) => onKey(event)
    document.addEventListener('keydown', listener)
    return () => document.removeEventListener('keydown', listener)
  }, [])
}

/** Whether the key was one of ours. */
function handle(event: KeyboardEvent, actions: ShortcutActions): boolean {
  if ((event.ctrlKey || event.metaKey) && !event.altKey && event.key.toLowerCase() === 'k')
    return focusSearch()
  if (event.ctrlKey || event.metaKey || event.altKey) return false
  if (event.key === 'Escape') return stepBack(actions)
  if (event.key === 'ArrowDown' && (inSearch() || inResults())) return moveInResults(1)
  if (event.key === 'ArrowUp' && inResults()) return moveInResults(-1)
  return isTyping() ? false : handleLetter(event.key, actions)
}

function handleLetter(key: string, actions: ShortcutActions): boolean {
  switch (key) {
    case '/':
      return focusSearch()
    case '?':
      actions.showShortcuts()
      return true
    case 'j':
      return moveInResults(1)
    case 'k':
      return moveInResults(-1)
    case 'n':
      actions.step(1)
      return true
    case 'p':
      actions.step(-1)
      return true
    default:
      return false
  }
}

/** Preview or sheet, then results, then the search field, which empties itself. */
function stepBack(actions: ShortcutActions): boolean {
  if (actions.back()) return true
  return inSearch() ? false : focusSearch()
}

function focusSearch(): boolean {
  const field = searchField()
  field?.focus()
  field?.select()
  return field !== null
}

function moveInResults(by: 1 | -1): boolean {
  const titles = [...document.querySelectorAll<HTMLElement>('[data-result]')]
  // Of a result that is folded under another one, both lists hold it.
  const here = titles.findLastIndex(title => title.closest('li')?.contains(document.activeElement) === true)
  if (here === 0 && by === -1) return focusSearch()
  const next = titles[here === -1 ? 0 : Math.min(titles.length - 1, here + by)]
  next?.focus()
  next?.closest('li')?.scrollIntoView({ block: 'nearest' })
  return next !== undefined
}

function searchField(): HTMLInputElement | null {
  const element = document.getElementById(SEARCH_FIELD)
  return element instanceof HTMLInputElement ? element : null
}

function inSearch(): boolean {
  return document.activeElement?.id === SEARCH_FIELD
}

function inResults(): boolean {
  return document.activeElement?.closest('li')?.querySelector('[data-result]') instanceof HTMLElement
}

function isTyping(): boolean {
  const focused = document.activeElement
  if (focused instanceof HTMLInputElement) return focused.type !== 'file'
  return focused instanceof HTMLTextAreaElement
}
