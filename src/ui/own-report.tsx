import { Copy } from 'lucide-react'
import { useState } from 'react'
import {
  type EvaluationReport,
  formatScore,
  MEASURES,
  scoreTable,
  valuesOf,
  WAYS,
} from '../core/evaluation/report.ts'
import controls from './controls.module.css'
import { formatMany } from './numbers.ts'
import styles from './quality-view.module.css'
import { ScoreTable, wayWords } from './score-table.tsx'

/** What came out of the user's set, as `npm run evaluate` says it. */
export function OwnReport({ report }: { readonly report: EvaluationReport }) {
  const { scores, model, weight, seconds } = report
  const size = `${formatMany(scores.documents, 'document', 'documents')}, ${formatMany(scores.queries, 'judged query', 'judged queries')}`
  const rows = WAYS.map(way => ({ name: wayWords(way), values: valuesOf(scores[way]).map(formatScore) }))
  return (
    <>
      <ScoreTable
        caption={`${scores.set}: ${size}, in ${seconds.toFixed(1)} s`}
        head={['Search by', ...MEASURES]}
        rows={rows}
      />
      <p className={styles.small}>
        {model}, weight of meaning {weight}. Words is BM25 alone, meaning the model alone, both what the
        search shows.
      </p>
      <CopyTable key={report.seconds} markdown={scoreTable([scores])} />
    </>
  )
}

function CopyTable({ markdown }: { readonly markdown: string }) {
  const [outcome, setOutcome] = useState<'copied' | 'refused'>()
  async function copy(): Promise<void> {
    try {
      await navigator.clipboard.writeText(markdown)
      setOutcome('copied')
    } catch {
      setOutcome('refused')
    }
  }
  return (
    <>
      <div className={styles.running}>
        <button type="button" className={controls.button} onClick={() => void copy()}>
          <Copy size={18} />
          Copy as Markdown
        </button>
        <p role="status">{outcome === 'copied' && 'Copied'}</p>
      </div>
      {outcome === 'refused' && (
        <>
          <p>The browser does not let Belfry copy. Here is the table, to copy by hand:</p>
          <textarea
            className={styles.markdown}
            readOnly
            rows={4}
            aria-label="Table as Markdown"
            value={markdown}
          />
        </>
      )}
    </>
  )
}
