import styles from './empty-library.module.css'

/** What can be typed besides words, in a sentence. */
export function SyntaxHint() {
  return (
    <p className={styles.syntax}>
      Narrow a search with <code>"words in a row"</code>, <code>-without</code>, <code>type:html</code>,{' '}
      <code>folder:notes</code>, <code>date:2024..2025</code>, <code>before:2024-05</code> or{' '}
      <code>after:2024</code>.
    </p>
  )
}
