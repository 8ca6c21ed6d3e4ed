import { readFileSync } from 'node:fs'
import { expect, it } from 'vitest'
import scores from '../src/ui/shipped-scores.json'

const MEASURES = ['ndcg10', 'mrr10', 'recall100'] as const
const WAYS = ['bm25', 'dense', 'hybrid'] as const

/** As the card writes it: three digits, and no zero in front. */
const shortly = (score: number) => score.toFixed(3).replace(/^0/, '')

// When this fails, take the figures from src/ui/shipped-scores.json, which `npm run evaluate -- --json` writes.
it('the model card has the figures of the evaluation', () => {
  const card = readFileSync('docs/model-card.md', 'utf8')
  for (const row of [...scores.sets, { set: 'mean', ...scores.mean }]) {
    const cells = WAYS.flatMap(way => MEASURES.map(measure => shortly(row[way][measure])))
    expect(card).toContain(`| ${row.set} | ${cells.join(' | ')} |`)
  }
})
