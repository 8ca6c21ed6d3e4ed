/** Where pairs come from, in an order that a run can leave and take up again. */
import type { MinedDocuments } from './mined-documents.ts'
import type { Random } from './random.ts'
import type { TokenStore } from './token-store.ts'

export interface BatchSource {
  readonly name: string
  readonly weight: number
  /** The next pair: writes ids behind `at` into both sides and returns how many, or undefined for an unusable pair. */
  draw(query: Slot, document: Slot): PairLengths | undefined
  /** Pairs of one round through the source. */
  readonly size: number
  readonly place: SourcePlace
  /** Documents that come with its pairs as wrong answers. */
  readonly mined?: MinedDocuments
}

/** Where a source stands in its round. */
export interface SourcePlace {
  /** The pairs of the round. */
  readonly order: Int32Array
  /** How many of them have been drawn. */
  at: number
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
  /** Its number in the source. */
  readonly pair: number
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
  const place = startRound(pairs.length / 2, random)
  return {
    name,
    weight,
    size: pairs.length / 2,
    place,
    draw(query, document) {
      const pair = next(place, random)
      const [q, d] = [pairs[2 * pair] ?? 0, pairs[2 * pair + 1] ?? 0]
      const queryLength = store.copy(q, query.ids, query.at, query.limit)
      const documentLength = store.copy(d, document.ids, document.at, document.limit)
      if (queryLength === 0 || documentLength === 0) return undefined
      return {
        query: queryLength,
        document: documentLength,
        pair,
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
  const place = startRound(paragraphs.length / 2, random)
  return {
    name,
    weight,
    size: paragraphs.length / 2,
    place,
    draw(query, document) {
      const paragraph = next(place, random)
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
      return { query: queryLength, document: length, pair: paragraph, keys: [paragraph] }
    },
  }
}

function startRound(size: number, random: Random): SourcePlace {
  return { order: random.shuffle(Int32Array.from({ length: size }, (_, i) => i)), at: 0 }
}

/** The next pair of the round; behind the last comes another round in another order. */
function next(place: SourcePlace, random: Random): number {
  if (place.at === place.order.length) {
    random.shuffle(place.order)
    place.at = 0
  }
  return place.order[place.at++] ?? 0
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
