import { Search } from 'lucide-react'
import { useApp, useAppState } from './app-context.ts'
import layout from './layout.module.css'

export const SEARCH_FIELD = 'search'

export function SearchField() {
  const { store } = useApp()
  const query = useAppState(state => state.search.query)
  return (
    <search className={layout.search}>
      <Search size={18} />
      <input
        id={SEARCH_FIELD}
        type="search"
        aria-label="Search"
        placeholder="Search your documents by meaning…"
        autoComplete="off"
        spellCheck={false}
        enterKeyHint="search"
        value={query}
        onChange={event => store.tell({ type: 'query-typed', query: event.currentTarget.value })}
      />
      <kbd aria-hidden>/</kbd>
    </search>
  )
}
