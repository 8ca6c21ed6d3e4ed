import { ArrowLeft } from 'lucide-react'
import { useEffect, useRef } from 'react'
import controls from './controls.module.css'
import { ModelFigures } from './model-figures.tsx'
import { OwnSet } from './own-set.tsx'
import styles from './quality-view.module.css'

interface QualityViewProps {
  readonly onClose: () => void
}

/** How good the search is: the figures of the shipped model, and those of a set that the user brings. */
export function QualityView({ onClose }: QualityViewProps) {
  const heading = useRef<HTMLHeadingElement>(null)
  useEffect(() => {
    heading.current?.focus()
  }, [])
  return (
    <>
      <header className={styles.head}>
        <button type="button" className={controls.icon} aria-label="Back to the search" onClick={onClose}>
          <ArrowLeft size={18} />
        </button>
        <h1 ref={heading} tabIndex={-1}>
          Quality
        </h1>
      </header>
      <main className={styles.view}>
        <ModelFigures />
        <OwnSet />
        <Measures />
      </main>
    </>
  )
}

function Measures() {
  return (
    <section className={styles.section} aria-labelledby="measures">
      <h2 id="measures">What the numbers mean</h2>
      <p>All of them are means over the queries of a set, from 0 to 1; more is better.</p>
      <dl className={styles.measures}>
        <dt>NDCG@10</dt>
        <dd>How well the first ten are ordered: 1 when the best documents come first, in their order.</dd>
        <dt>MRR@10</dt>
        <dd>One over the place of the first right document: 1 when it is first, 0.5 when it is second.</dd>
        <dt>Recall@100</dt>
        <dd>The share of the right documents that are among the first hundred.</dd>
      </dl>
    </section>
  )
}
