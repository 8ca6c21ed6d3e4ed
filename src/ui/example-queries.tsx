import { useApp, useAppState } from './app-context.ts'
import controls from './controls.module.css'
import { SEARCH_FIELD } from './search-field.tsx'
import styles from './empty-library.module.css'
import { SyntaxHint } from './syntax-hint.tsx'

/** What the middle says while nothing is typed. */
export function ExampleQueries() {
  const { store } = useApp()
  const queries = useAppState(state => state.exampleQueries)
  function ask(query: string): void {
    store.tell({ type: 'query-typed', query })
    document.getElementById(SEARCH_FIELD)?.focus()
  }
  if (queries.length === 0) {
    return (
      <div className={styles.hint}>
        <p>Ask in your own words: the words need not be in the document.</p>
        <SyntaxHint />
      </div>
    )
  }
  return (
    <section className={styles.examples} aria-labelledby="examples-title">
      <h2 id="examples-title">Try one of these</h2>
      <ul>
        {queries.map(query => (
          <li key={query}>
            <button type="button" className={controls.button} onClick={() => ask(query)}>
              {query}
            </button>
          </li>
        ))}
      </ul>
      <SyntaxHint />
    </section>
  )
}
