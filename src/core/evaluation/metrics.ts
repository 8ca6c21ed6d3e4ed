/** How good a ranking is, given grades: 0 for irrelevant, larger for better. */

export interface Scores {
  readonly ndcg10: number
  readonly mrr10: number
  readonly recall100: number
}

/** Of one query. `ranked` are distinct documents, best first; `grades` are the judged ones. */
export function scoreRanking<Id>(ranked: readonly Id[], grades: ReadonlyMap<Id, number>): Scores {
  return {
    ndcg10: ndcg(ranked, grades, 10),
    mrr10: reciprocalRank(ranked, grades, 10),
    recall100: recall(ranked, grades, 100),
  }
}

/** Normalised discounted cumulative gain, gain 2^grade − 1 (Burges et al. 2005); 0 when nothing is relevant. */
export function ndcg<Id>(ranked: readonly Id[], grades: ReadonlyMap<Id, number>, depth: number): number {
  const ideal = [...grades.values()].toSorted((a, b) => b - a)
  const best = discountedGain(ideal, depth)
  if (best === 0) return 0
  return (
    discountedGain(
      ranked.map(id => grades.get(id) ?? 0),
      depth,
    ) / best
  )
}

/** 1 / rank of the first relevant document among the first `depth`; 0 without one. */
export function reciprocalRank<Id>(
  ranked: readonly Id[],
  grades: ReadonlyMap<Id, number>,
  depth: number,
): number {
  const first = ranked.slice(0, depth).findIndex(id => (grades.get(id) ?? 0) > 0)
  return first < 0 ? 0 : 1 / (first + 1)
}

/** Share of the relevant documents that stand among the first `depth`; 0 when nothing is relevant. */
export function recall<Id>(ranked: readonly Id[], grades: ReadonlyMap<Id, number>, depth: number): number {
  const relevant = [...grades.values()].filter(grade => grade > 0).length
  if (relevant === 0) return 0
  return ranked.slice(0, depth).filter(id => (grades.get(id) ?? 0) > 0).length / relevant
}

export function meanScores(scores: readonly Scores[]): Scores {
  const mean = (name: keyof Scores): number =>
    scores.length === 0 ? 0 : scores.reduce((sum, score) => sum + score[name], 0) / scores.length
  return { ndcg10: mean('ndcg10'), mrr10: mean('mrr10'), recall100: mean('recall100') }
}

function discountedGain(grades: readonly number[], depth: number): number {
  return grades
    .slice(0, depth)
    .reduce((sum, grade, i) => sum + (grade > 0 ? 2 ** grade - 1 : 0) / Math.log2(i + 2), 0)
}
