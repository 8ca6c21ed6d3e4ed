/** What an evaluation says: as values, and as a table in Markdown. */
import type { SpaceId } from '../document.ts'
import type { Scores } from './metrics.ts'
import type { SetScores } from './run-set.ts'

/** The three ways to search, in the order in which tables have them. */
export const WAYS = ['bm25', 'dense', 'hybrid'] as const

export interface ScoredSet extends SetScores {
  readonly set: string
  readonly documents: number
  readonly queries: number
}

export interface EvaluationReport {
  readonly model: string
  /** The space of the model that was evaluated. */
  readonly space: SpaceId
  /** Of the dense side in hybrid search. */
  readonly weight: number
  readonly scores: ScoredSet
  readonly seconds: number
}

/** As `valuesOf` has them. */
export const MEASURES = ['NDCG@10', 'MRR@10', 'Recall@100']

/** A row a set, three measures for each way to search, and a last row for the means when there are any. */
export function scoreTable(rows: readonly ScoredSet[], mean?: SetScores): string {
  const head = ['set', 'documents', 'queries', ...WAYS.flatMap(way => MEASURES.map(name => `${way} ${name}`))]
  const lines = rows.map(row => [row.set, String(row.documents), String(row.queries), ...scoreCells(row)])
  const last = mean === undefined ? [] : [['**mean**', '', '', ...scoreCells(mean)]]
  return markdownTable(head, [...lines, ...last])
}

/** The first column holds names, the others numbers. */
export function markdownTable(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const rule = head.map((_, i) => (i === 0 ? '---' : '---:'))
  return [head, rule, ...rows].map(cells => `| ${cells.map(escaped).join(' | ')} |`).join('\n')
}

/** A score as every table has it: three decimals. */
export function formatScore(score: number): string {
  return score.toFixed(3)
}

/** NDCG@10, MRR@10 and Recall@100, in that order. */
export function valuesOf({ ndcg10, mrr10, recall100 }: Scores): [number, number, number] {
  return [ndcg10, mrr10, recall100]
}

function scoreCells(scores: SetScores): string[] {
  return WAYS.flatMap(way => valuesOf(scores[way]).map(formatScore))
}

function escaped(cell: string): string {
  return cell.replaceAll('|', '\\|')
}
