import { formatScore, WAYS } from '../core/evaluation/report.ts'
import { useAppState } from './app-context.ts'
import { formatCount } from './numbers.ts'
import styles from './quality-view.module.css'
import { ScoreTable, wayWords } from './score-table.tsx'
// Written by `npm run evaluate -- --json src/ui/shipped-scores.json`; a test holds it to the model in the box.
import shipped from './shipped-scores.json'

/** What the model in the box is, and what it reached on public sets. */
export function ModelFigures() {
  const { sets, mean, weight } = shipped
  const model = useAppState(state => state.model)
  const isOther = model.kind === 'ready' && model.info.space !== shipped.space
  const rows = sets.map(row => ({
    name: row.set,
    values: [formatCount(row.documents), ...WAYS.map(way => formatScore(row[way].ndcg10))],
  }))
  const last = { name: 'mean', values: ['', ...WAYS.map(way => formatScore(mean[way].ndcg10))] }
  return (
    <section className={styles.section} aria-labelledby="figures">
      <h2 id="figures">The model in the box</h2>
      <p>
        Belfry searches with plain words (BM25) and with a small model, {shipped.model}, which turns a text
        into numbers so that texts which mean the same lie close. It was trained from nothing on openly
        licensed English texts. It counts word pieces and does not see their order, which makes it fast on any
        device; other languages, code and negation it does not understand. Results weigh meaning with{' '}
        {formatScore(weight).replace(/0+$/, '')} and words with the rest.
      </p>
      {isOther && (
        <p className={styles.failure}>
          The model that is loaded here is another one; these are the figures of the model in the box.
        </p>
      )}
      <ScoreTable
        caption="NDCG@10 on public sets with known answers, whose texts it was not trained on"
        head={['Set', 'Documents', ...WAYS.map(wayWords)]}
        rows={[...rows, last]}
      />
    </section>
  )
}
