/** Batches of pairs from one source each: its other pairs are the negatives, so they must not be positives in disguise. */
import type { BatchSource, Slot } from './batch-sources.ts'
import { addMined } from './mined-documents.ts'
import { writeText } from './texts.ts'
import type { TextOptions } from './texts.ts'
import type { TowerState, TrainingState } from './tower-state.ts'

export interface BatchSize {
  readonly pairs: number
  /** Mined documents behind the answers. */
  readonly negatives: number
}

/**
 * Fills the state's batch with pairs of one source, one round of it at most, and with mined documents where it has some;
 * of both as many as are a multiple of `multiple`.
 */
export function fillBatch(
  source: BatchSource,
  state: TrainingState,
  multiple: number,
  options: TextOptions,
): BatchSize {
  const { batch, maxTokens } = state.shape
  const { query, document } = state.towers
  const wanted = Math.floor(Math.min(batch, source.size) / multiple) * multiple
  const seen = new Set<number>()
  const drawn: number[] = []
  for (let tries = 0; drawn.length < wanted && tries < 2 * source.size; tries++) {
    const pairs = drawn.length
    const lengths = source.draw(
      slot(query, pairs, maxTokens.query),
      slot(document, pairs, maxTokens.document),
    )
    if (lengths === undefined || lengths.keys.some(key => seen.has(key))) continue
    for (const key of lengths.keys) seen.add(key)
    query.offsets[pairs + 1] = writeText(query, pairs, lengths.query, options)
    document.offsets[pairs + 1] = writeText(document, pairs, lengths.document, options)
    drawn.push(lengths.pair)
  }
  const pairs = Math.floor(drawn.length / multiple) * multiple
  const negatives = addMined(source.mined, state, drawn.slice(0, pairs), options)
  return { pairs, negatives: Math.floor(negatives / multiple) * multiple }
}

function slot(tower: TowerState, row: number, limit: number): Slot {
  return { ids: tower.ids, at: tower.offsets[row] ?? 0, limit }
}
