/** Cosines of many queries with many documents, by all threads of a trainer, as its towers are now. */
import type { StepWorker } from '../src/core/training/step-worker.ts'
import { placeList } from '../src/core/training/texts.ts'
import type { TextOptions } from '../src/core/training/texts.ts'
import type { TokenStore } from '../src/core/training/token-store.ts'
import type { Tower } from '../src/core/ports/encoder.ts'
import { mostTexts } from '../src/core/training/training-shape.ts'
import type { ParallelTrainer } from './parallel-trainer.ts'

export interface RankedTexts {
  readonly store: TokenStore
  /** Lists of the store. */
  readonly queries: Int32Array
  readonly documents: Int32Array
  readonly options: TextOptions
}

/** A part of the cosines: `scores[i · width + j]` is of query `query + i` and document `document + j`. */
export interface ScoreBlock {
  readonly scores: Float32Array
  readonly width: number
  readonly query: number
  readonly queries: number
  readonly document: number
  readonly documents: number
}

/** Uses the batch that stands in the state. Every query meets every document once, documents in order. */
export function rankTexts(
  trainer: ParallelTrainer,
  { store, queries, documents, options }: RankedTexts,
  visit: (block: ScoreBlock) => void,
): void {
  const { worker } = trainer
  const { shape, scores } = worker.state
  const [queryStep, documentStep] = [mostTexts(shape, 'query'), mostTexts(shape, 'document')]
  for (let d = 0; d < documents.length; d += documentStep) {
    const right = documents.subarray(d, d + documentStep)
    const width = place(worker, 'document', store, right, options)
    trainer.embed({ query: 0, document: width })
    for (let q = 0; q < queries.length; q += queryStep) {
      const left = queries.subarray(q, q + queryStep)
      const height = place(worker, 'query', store, left, options)
      trainer.embed({ query: height, document: 0 })
      trainer.score({ query: height, document: width })
      visit({ scores, width, query: q, queries: left.length, document: d, documents: right.length })
    }
  }
}

/** Returns the number of rows, a multiple of four; those behind the last list are empty. */
function place(
  { state }: StepWorker,
  side: Tower,
  store: TokenStore,
  lists: Int32Array,
  options: TextOptions,
): number {
  const tower = state.towers[side]
  const limit = state.shape.maxTokens[side]
  for (const [row, list] of lists.entries()) placeList(tower, row, { store, list, limit }, options)
  const rows = Math.ceil(lists.length / 4) * 4
  for (let row = lists.length; row < rows; row++) tower.offsets[row + 1] = tower.offsets[row] ?? 0
  return rows
}
