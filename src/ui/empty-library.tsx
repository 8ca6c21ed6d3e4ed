import { useApp } from './app-context.ts'
import controls from './controls.module.css'
import { FilePickers } from './file-pickers.tsx'
import styles from './empty-library.module.css'

export function EmptyLibrary({ onImport }: { readonly onImport: () => void }) {
  const { engine } = useApp()
  return (
    <section className={styles.zone} aria-label="Empty library">
      <h2>Drop documents here and find things in them by what they mean.</h2>
      <FilePickers prominent />
      <button type="button" className={controls.quiet} onClick={() => void engine.addSamples()}>
        Try it with sample documents
      </button>
      <button type="button" className={controls.quiet} onClick={onImport}>
        Import a library
      </button>
      <p className={styles.small}>
        PDF, office documents, e-mail, books, web pages, text, and archives of them. Everything stays on this
        device.
      </p>
    </section>
  )
}
