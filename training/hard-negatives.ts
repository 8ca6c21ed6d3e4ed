/** Gives the sources of pairs their wrong answers, at the start of a run and again when the model knows something. */
import type { Tokenizer } from '../src/core/model/word-piece.ts'
import type { BatchSource } from '../src/core/training/batch-sources.ts'
import { joinGroups } from '../src/core/training/groups.ts'
import type { Groups } from '../src/core/training/groups.ts'
import { poolPairs } from '../src/core/training/pair-pool.ts'
import type { PairPool } from '../src/core/training/pair-pool.ts'
import type { Random } from '../src/core/training/random.ts'
import type { TextOptions } from '../src/core/training/texts.ts'
import { chooseSome, mineByMeaning, mineByWords, MOST_QUERIES } from './mine-negatives.ts'
import type { ParallelTrainer } from './parallel-trainer.ts'
import type { ListedSource, Prepared } from './prepare.ts'
import { RECIPE } from './recipe.ts'
import type { Say } from './say.ts'

/** A source of pairs as it is searched; in the order of the prepared sources. */
export interface SearchedSource {
  readonly name: string
  readonly pool: PairPool
  readonly texts: { readonly queries: readonly string[]; readonly documents: readonly string[] }
  /** Queries that are searched for. */
  readonly queries: Int32Array
}

export function searchedSources(
  { store, listed }: Pick<Prepared, 'store' | 'listed'>,
  tokenizer: Tokenizer,
  random: Random,
): SearchedSource[] {
  return listed.map(source => {
    const wrong = source.items.map(({ negative }) =>
      negative === undefined ? undefined : store.add(tokenizer.encode(negative, RECIPE.maxTokens.document)),
    )
    const pool = poolPairs(store, source.lists, wrong)
    const queries = chooseSome(pool.queries.length, MOST_QUERIES, random)
    return { name: source.name, pool, texts: textsOf(source, pool, wrong), queries }
  })
}

/** The texts of the pool's queries and documents. */
function textsOf(
  { items, lists }: ListedSource,
  { queries, documents }: PairPool,
  wrong: readonly (number | undefined)[],
): SearchedSource['texts'] {
  const texts = new Map<number, string>()
  for (const [i, { query, positive, negative }] of items.entries()) {
    const list = lists[i]
    if (list === undefined) continue
    texts.set(list.query, query).set(list.document, positive)
    const marked = wrong[i]
    if (marked !== undefined) texts.set(marked, negative ?? '')
  }
  const read = (list: number): string => texts.get(list) ?? ''
  return { queries: Array.from(queries, read), documents: Array.from(documents, read) }
}

/** Of each source, by query: those that came marked as wrong. */
export function markedNegatives(searched: readonly SearchedSource[]): Groups[] {
  return searched.map(({ pool }) => pool.marked)
}

export async function negativesByWords(searched: readonly SearchedSource[], say: Say): Promise<Groups[]> {
  const all: Groups[] = []
  for (const { name, pool, texts, queries } of searched) {
    const mined = await mineByWords(pool, texts, queries)
    say(`${mined.items.length} wrong answers by words for ${queries.length} queries of ${name}`)
    all.push(mined)
  }
  return all
}

export function negativesByMeaning(
  trainer: ParallelTrainer,
  searched: readonly SearchedSource[],
  options: TextOptions,
  say: Say,
): Groups[] {
  return searched.map(({ name, pool, queries }) => {
    const mined = mineByMeaning(trainer, pool, queries, options)
    say(`${mined.items.length} wrong answers by meaning for ${queries.length} queries of ${name}`)
    return mined
  })
}

/** Source by source, what both hold. */
export function joinNegatives(one: readonly Groups[], other: readonly Groups[]): Groups[] {
  return one.map((groups, i) => joinGroups([groups, other[i] ?? groups]))
}

/** The sources with these documents to come; those behind the sources of pairs have none. */
export function withNegatives(
  sources: readonly BatchSource[],
  searched: readonly Pick<SearchedSource, 'pool'>[],
  negatives: readonly Groups[],
): BatchSource[] {
  return sources.map((source, i) => {
    const [pool, byQuery] = [searched[i]?.pool, negatives[i]]
    return pool === undefined || byQuery === undefined ? source : { ...source, mined: { pool, byQuery } }
  })
}
