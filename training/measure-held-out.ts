/** How well the towers rank as they are now, on sources that are never trained on. */
import { ndcg } from '../src/core/evaluation/metrics.ts'
import type { EvaluationSet } from '../src/core/evaluation/beir.ts'
import type { Tokenizer } from '../src/core/model/word-piece.ts'
import { collectBest } from '../src/core/ranking/best-keys.ts'
import type { TextOptions } from '../src/core/training/texts.ts'
import { createTokenStore } from '../src/core/training/token-store.ts'
import type { ParallelTrainer } from './parallel-trainer.ts'
import { rankTexts } from './rank-texts.ts'
import type { RankedTexts } from './rank-texts.ts'

const DEPTH = 10

export interface MeasuredSet {
  readonly set: EvaluationSet
  readonly texts: RankedTexts
}

/** Texts cut as in training; none of their pieces is dropped. */
export function measuredSet(
  set: EvaluationSet,
  tokenizer: Tokenizer,
  maxTokens: { readonly query: number; readonly document: number },
  options: TextOptions,
): MeasuredSet {
  const store = createTokenStore()
  const listsOf = (texts: readonly string[], limit: number): Int32Array =>
    Int32Array.from(texts, text => store.add(tokenizer.encode(text, limit)))
  const queries = listsOf(
    set.queries.map(({ text }) => text),
    maxTokens.query,
  )
  const documents = listsOf(set.documents, maxTokens.document)
  return { set, texts: { store, queries, documents, options: { ...options, dropout: 0 } } }
}

/** Mean over the sets of the mean NDCG@10 of dense search. */
export function measure(trainer: ParallelTrainer, sets: readonly MeasuredSet[]): number {
  return sets.reduce((sum, set) => sum + measureSet(trainer, set), 0) / sets.length
}

function measureSet(trainer: ParallelTrainer, { set, texts }: MeasuredSet): number {
  const best = set.queries.map(() => collectBest(DEPTH))
  rankTexts(trainer, texts, ({ scores, width, query, queries, document, documents }) => {
    for (let i = 0; i < queries; i++) {
      for (let j = 0; j < documents; j++) best[query + i]?.offer(document + j, scores[i * width + j] ?? 0)
    }
  })
  const scores = set.queries.map(({ grades }, i) => ndcg([...(best[i]?.take().keys ?? [])], grades, DEPTH))
  return scores.reduce((sum, score) => sum + score, 0) / scores.length
}
