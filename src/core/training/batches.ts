/** Batches of pairs from one source each: its other pairs are the negatives, so they must not be positives in disguise. */
import type { Random } from './random.ts'
import type { TokenStore } from './token-store.ts'
import type { TowerState, TrainingState } from './tower-state.ts'

export interface BatchSource {
  readonly name: string
  readonly weight: number
  /** The next pair: writes ids behind `at` into both sides and returns how many, or undefined for an unusable pair. */
  draw(query: Slot, document: Slot): PairLengths | undefined
  /** Pairs of one round through the source. */
  readonly size: number
}

/** Room for one text. */
export interface Slot {
  readonly ids: Int32Array
  readonly at: number
  readonly limit: number
}

export interface PairLengths {
  readonly query: number
  readonly document: number
  /** Two pairs of which one key is equal do not meet in a batch. */
  readonly keys: readonly number[]
}

/** Pairs (query list, document list) of the store, in a new random order each round. */
export function pairSource(
  name: string,
  weight: number,
  store: TokenStore,
  pairs: Int32Array,
  random: Random,
): BatchSource {
  const next = rounds(pairs.length / 2, random)
  return {
    name,
    weight,
    size: pairs.length / 2,
    draw(query, document) {
      const pair = next()
      const [q, d] = [pairs[2 * pair] ?? 0, pairs[2 * pair + 1] ?? 0]
      const queryLength = store.copy(q, query.ids, query.at, query.limit)
      const documentLength = store.copy(d, document.ids, document.at, document.limit)
      if (queryLength === 0 || documentLength === 0) return undefined
      return {
        query: queryLength,
        document: documentLength,
        keys: [store.fingerprint(q), ~store.fingerprint(d)],
      }
    },
  }
}

/** How often the sentence stays in its paragraph, so that words in common count as well. */
const KEPT = 0.1
const LONGEST_QUERY = 56

/**
 * Inverse cloze (Lee et al. 2019): a sentence asks for the paragraph it was taken from. `paragraphs` holds, for each, its
 * first sentence's list and the list behind its last.
 */
export function inverseClozeSource(
  name: string,
  weight: number,
  store: TokenStore,
  paragraphs: Int32Array,
  random: Random,
): BatchSource {
  const next = rounds(paragraphs.length / 2, random)
  return {
    name,
    weight,
    size: paragraphs.length / 2,
    draw(query, document) {
      const paragraph = next()
      const [first, end] = [paragraphs[2 * paragraph] ?? 0, paragraphs[2 * paragraph + 1] ?? 0]
      const chosen = first + random.below(end - first)
      const asked = store.length(chosen)
      if (asked < 4 || asked > LONGEST_QUERY) return undefined
      const queryLength = store.copy(chosen, query.ids, query.at, query.limit)
      const keep = random.next() < KEPT
      let length = 0
      for (let list = first; list < end; list++) {
        if (list === chosen && !keep) continue
        length += store.copy(list, document.ids, document.at + length, document.limit - length)
      }
      if (length < 12) return undefined
      return { query: queryLength, document: length, keys: [paragraph] }
    },
  }
}

/** Numbers below `size` in random order, and again in another. */
function rounds(size: number, random: Random): () => number {
  const order = random.shuffle(Int32Array.from({ length: size }, (_, i) => i))
  let at = 0
  return () => {
    if (at === size) {
      random.shuffle(order)
      at = 0
    }
    return order[at++] ?? 0
  }
}

/** Chooses a source by weight. */
export function chooseSource(sources: readonly BatchSource[], random: Random): BatchSource {
  const total = sources.reduce((sum, source) => sum + source.weight, 0)
  let left = random.next() * total
  for (const source of sources) {
    left -= source.weight
    if (left < 0) return source
  }
  const last = sources.at(-1)
  if (last === undefined) throw new Error('expected at least one source of pairs')
  return last
}

/**
 * Fills the state's bags with pairs of one source, one round of it at most, and returns how many: a multiple of
 * `multiple`.
 */
export function fillBatch(
  source: BatchSource,
  state: TrainingState,
  multiple: number,
  options: TextOptions,
): number {
  const { batch, maxTokens } = state.shape
  const { query, document } = state.towers
  const wanted = Math.floor(Math.min(batch, source.size) / multiple) * multiple
  const seen = new Set<number>()
  let pairs = 0
  for (let tries = 0; pairs < wanted && tries < 2 * source.size; tries++) {
    const lengths = source.draw(
      slot(query, pairs, maxTokens.query),
      slot(document, pairs, maxTokens.document),
    )
    if (lengths === undefined || lengths.keys.some(key => seen.has(key))) continue
    for (const key of lengths.keys) seen.add(key)
    query.offsets[pairs + 1] = writeText(query, pairs, lengths.query, options)
    document.offsets[pairs + 1] = writeText(document, pairs, lengths.document, options)
    pairs++
  }
  return Math.floor(pairs / multiple) * multiple
}

/** How a text is handed to the body. */
export interface TextOptions {
  /** Piece by piece, each with factor 1; otherwise each piece once, with a factor for how often it stands in its text. */
  readonly ordered: boolean
  /** Factor of a piece that stands so often in the text. */
  readonly factorOf: (count: number) => number
  /** Share of the pieces that are left out at random, so that a text does not hang on one of them. */
  readonly dropout: number
  readonly random: Random
}

/** Finishes the row whose pieces stand in place; returns where it ends now. */
function writeText(tower: TowerState, row: number, length: number, options: TextOptions): number {
  const start = tower.offsets[row] ?? 0
  return options.ordered
    ? keepOrder(tower, start, length, options)
    : joinRepeats(tower, start, length, options)
}

function keepOrder(
  { ids, factors }: TowerState,
  start: number,
  length: number,
  { dropout, random }: TextOptions,
): number {
  let end = start
  for (let t = start; t < start + length; t++) {
    if (dropout > 0 && end > start && random.next() < dropout) continue
    ids[end] = ids[t] ?? 0
    factors[end++] = 1
  }
  return end
}

function joinRepeats(
  tower: TowerState,
  start: number,
  length: number,
  { factorOf, dropout, random }: TextOptions,
): number {
  const counts = new Map<number, number>()
  for (let t = start; t < start + length; t++) {
    const id = tower.ids[t] ?? 0
    counts.set(id, (counts.get(id) ?? 0) + 1)
  }
  let end = start
  for (const [id, count] of counts) {
    if (dropout > 0 && end > start && random.next() < dropout) continue
    tower.ids[end] = id
    tower.factors[end++] = factorOf(count)
  }
  return end
}

function slot(tower: TowerState, row: number, limit: number): Slot {
  return { ids: tower.ids, at: tower.offsets[row] ?? 0, limit }
}
