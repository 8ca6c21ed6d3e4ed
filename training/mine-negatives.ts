/** Chooses wrong answers that look right for the queries of each source of pairs: by words, by meaning, and as marked. */
import { createBm25Index } from '../src/core/lexical/bm25-index.ts'
import { collectBest } from '../src/core/ranking/best-keys.ts'
import { chooseNegatives, SEARCH_DEPTH } from '../src/core/training/choose-negatives.ts'
import { groupOf, groupsFrom } from '../src/core/training/groups.ts'
import type { Groups } from '../src/core/training/groups.ts'
import type { PairPool } from '../src/core/training/pair-pool.ts'
import type { Random } from '../src/core/training/random.ts'
import type { TextOptions } from '../src/core/training/texts.ts'
import type { ParallelTrainer } from './parallel-trainer.ts'
import { rankTexts } from './rank-texts.ts'

/** Queries of a source that are searched for; the rest go without. More takes minutes and is hardly drawn. */
export const MOST_QUERIES = 20_000
/** Documents of a source that the model is asked about besides the answers. */
const MOST_STRANGERS = 20_000

/** At most `count` different numbers below `size`, in rising order. */
export function chooseSome(size: number, count: number, random: Random): Int32Array {
  const all = Int32Array.from({ length: size }, (_, i) => i)
  return size <= count ? all : random.shuffle(all).slice(0, count).toSorted()
}

/** `texts` are the pool's. */
export async function mineByWords(
  pool: PairPool,
  texts: { readonly queries: readonly string[]; readonly documents: readonly string[] },
  queries: Int32Array,
): Promise<Groups> {
  const index = createBm25Index()
  await index.add(Uint32Array.from(texts.documents.keys()), texts.documents)
  const mined: number[][] = Array.from(pool.queries, () => [])
  for (const query of queries) {
    const text = texts.queries[query] ?? ''
    const answers = groupOf(pool.answers, query)
    const { keys, scores, found } = await index.match({
      text,
      limit: SEARCH_DEPTH,
      also: Uint32Array.from(answers),
    })
    const answerScore = Math.max(...scores.filter((_, i) => answers.includes(keys[i] ?? -1)))
    const best = { keys: keys.subarray(0, found), scores: scores.subarray(0, found) }
    mined[query] = chooseNegatives(best, new Set(answers), answerScore)
  }
  return groupsFrom(mined)
}

/** All answers of the queries and some others, in rising order. */
function chooseDocuments(pool: PairPool, queries: Int32Array, random: Random): Int32Array {
  const chosen = new Set(chooseSome(pool.documents.length, MOST_STRANGERS, random))
  for (const query of queries) for (const answer of groupOf(pool.answers, query)) chosen.add(answer)
  return Int32Array.from(chosen).toSorted()
}

/** With the towers of the trainer as they are now. */
export function mineByMeaning(
  trainer: ParallelTrainer,
  pool: PairPool,
  queries: Int32Array,
  options: TextOptions,
): Groups {
  const documents = chooseDocuments(pool, queries, options.random)
  const places = new Map(Array.from(documents, (document, place) => [document, place]))
  const best = Array.from(queries, () => collectBest(SEARCH_DEPTH))
  const answerScores = new Float32Array(queries.length)
  const lists = {
    store: pool.store,
    queries: queries.map(query => pool.queries[query] ?? 0),
    documents: documents.map(document => pool.documents[document] ?? 0),
    options: { ...options, dropout: 0 },
  }
  rankTexts(trainer, lists, ({ scores, width, query, queries: height, document, documents: count }) => {
    for (let i = 0; i < height; i++) {
      const row = scores.subarray(i * width, i * width + count)
      for (let j = 0; j < count; j++) best[query + i]?.offer(documents[document + j] ?? 0, row[j] ?? 0)
      for (const answer of groupOf(pool.answers, queries[query + i] ?? 0)) {
        const score = row[(places.get(answer) ?? -1) - document] ?? 0
        answerScores[query + i] = Math.max(answerScores[query + i] ?? 0, score)
      }
    }
  })
  const mined: number[][] = Array.from(pool.queries, () => [])
  for (const [i, query] of queries.entries()) {
    const found = best[i]?.take() ?? { keys: [], scores: [] }
    mined[query] = chooseNegatives(found, new Set(groupOf(pool.answers, query)), answerScores[i] ?? 0)
  }
  return groupsFrom(mined)
}
