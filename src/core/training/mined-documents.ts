/** Wrong answers that look right: chosen for a source's pairs before, one a pair drawn anew for every batch. */
import type { PairPool } from './pair-pool.ts'
import type { Groups } from './groups.ts'
import { groupOf } from './groups.ts'
import { placeList } from './texts.ts'
import type { TextOptions } from './texts.ts'
import type { TrainingState } from './tower-state.ts'

export interface MinedDocuments {
  readonly pool: PairPool
  /** Documents of the pool, by query of the pool. */
  readonly byQuery: Groups
}

/** Documents that a query draws before it goes without: others of the batch may have the same, or be answered by it. */
const DRAWS = 4

/**
 * Puts a mined document of each drawn pair behind the answers of the batch, as far as it has one and there is room; never one
 * that answers a query of the batch, and none twice. Returns how many.
 */
export function addMined(
  mined: MinedDocuments | undefined,
  state: TrainingState,
  drawn: readonly number[],
  options: TextOptions,
): number {
  if (mined === undefined) return 0
  const { store, queryOf, documents } = mined.pool
  const room = Math.min(drawn.length, state.shape.batch * state.shape.negatives)
  const queries = drawn.map(pair => queryOf[pair] ?? 0)
  const barred = new Set<number>()
  for (const query of queries) for (const answer of groupOf(mined.pool.answers, query)) barred.add(answer)
  let count = 0
  for (const query of queries) {
    if (count === room) break
    const document = drawDocument(groupOf(mined.byQuery, query), barred, options)
    if (document === undefined) continue
    barred.add(document)
    const text = { store, list: documents[document] ?? 0, limit: state.shape.maxTokens.document }
    placeList(state.towers.document, drawn.length + count, text, options)
    count++
  }
  return count
}

function drawDocument(
  candidates: Int32Array,
  barred: ReadonlySet<number>,
  { random }: TextOptions,
): number | undefined {
  for (let draw = 0; draw < DRAWS && candidates.length > 0; draw++) {
    const document = candidates[random.below(candidates.length)] ?? 0
    if (!barred.has(document)) return document
  }
  return undefined
}
