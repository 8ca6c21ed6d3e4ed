/** What `npm run evaluate` found, as values and as Markdown. */
import { meanScores } from '../src/core/evaluation/metrics.ts'
import type { Scores } from '../src/core/evaluation/metrics.ts'
import { formatScore, markdownTable, scoreTable } from '../src/core/evaluation/report.ts'
import type { ScoredSet } from '../src/core/evaluation/report.ts'
import type { SetScores } from '../src/core/evaluation/run-set.ts'
import type { DimensionScores, QuantisedScores } from './evaluate-variants.ts'

export interface EvaluatedSet extends ScoredSet {
  readonly quantised?: QuantisedScores
  /** By the number of dimensions that were kept. */
  readonly dimensions?: Readonly<Record<string, DimensionScores>>
}

export interface SimilarityResult {
  readonly set: string
  readonly pairs: number
  readonly spearman: number
}

export function meanOf(sets: readonly SetScores[]): SetScores {
  const mean = (way: keyof SetScores) => meanScores(sets.map(set => set[way]))
  return { bm25: mean('bm25'), dense: mean('dense'), hybrid: mean('hybrid') }
}

/** A table for each thing that was measured. */
export function reportMarkdown(
  sets: readonly EvaluatedSet[],
  similarity: readonly SimilarityResult[],
): string {
  const parts = [
    sets.length === 0 ? '' : scoreTable(sets, meanOf(sets)),
    quantisedTable(sets),
    dimensionsTable(sets),
    similarityTable(similarity),
  ]
  return parts.filter(part => part !== '').join('\n\n')
}

function quantisedTable(sets: readonly EvaluatedSet[]): string {
  return variantTable('dense NDCG@10', sets, ({ quantised }) =>
    quantised === undefined
      ? []
      : [
          ['f32', quantised.f32],
          ['int8 rescored', quantised.rescored],
          ['int8 alone', quantised.int8],
        ],
  )
}

function dimensionsTable(sets: readonly EvaluatedSet[]): string {
  return variantTable('NDCG@10', sets, ({ dimensions = {} }) =>
    Object.entries(dimensions).flatMap(([count, { dense, hybrid }]) => [
      [`dense ${count}`, dense],
      [`hybrid ${count}`, hybrid],
    ]),
  )
}

/** A column for each variant, with the means last; nothing without variants. */
function variantTable(
  title: string,
  sets: readonly EvaluatedSet[],
  variantsOf: (set: EvaluatedSet) => (readonly [name: string, scores: Scores])[],
): string {
  const rows = sets.map(set => variantsOf(set))
  const names = rows[0]?.map(([name]) => name) ?? []
  if (names.length === 0) return ''
  const lines = rows.map((row, i) => [
    sets[i]?.set ?? '',
    ...row.map(([, scores]) => formatScore(scores.ndcg10)),
  ])
  const means = names.map((_, i) =>
    formatScore(meanScores(rows.flatMap(row => row.slice(i, i + 1).map(([, scores]) => scores))).ndcg10),
  )
  return markdownTable([title, ...names], [...lines, ['**mean**', ...means]])
}

function similarityTable(results: readonly SimilarityResult[]): string {
  if (results.length === 0) return ''
  const mean = results.reduce((sum, { spearman }) => sum + spearman, 0) / results.length
  return markdownTable(
    ['similarity set', 'pairs', 'Spearman'],
    [
      ...results.map(({ set, pairs, spearman }) => [set, String(pairs), formatScore(spearman)]),
      ['**mean**', '', formatScore(mean)],
    ],
  )
}
