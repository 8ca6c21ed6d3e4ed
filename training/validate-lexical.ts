/**
 * `npx tsx training/validate-lexical.ts [--set DIR]`: NDCG@10 of the lexical index on a retrieval set (SciFact unless said),
 * beside that of an independent BM25 with terms of its own, and with ours; and by how much the scores of the last two
 * differ. Fails when they differ by more than rounding. Needs a folder in BEIR's layout (../shared/data/eval/scifact).
 */
import { parseArgs } from 'node:util'
import { messageOf } from '../src/core/errors.ts'
import type { EvaluationSet } from '../src/core/evaluation/beir.ts'
import { createBm25Index } from '../src/core/lexical/bm25-index.ts'
import { isStopWord } from '../src/core/lexical/stop-words.ts'
import { termsOf } from '../src/core/lexical/tokenise.ts'
import { independentBm25, ndcgAt10, plainTerms, type Terms } from './independent-bm25.ts'
import { readSets } from './read-sets.ts'

/** Scores are 32-bit numbers of about 20 at most. */
const ROUNDING = 1e-4
const DEPTH = 100

/** The terms of the index in a text in English that count towards its length. */
const ourTerms: Terms = text => termsOf(text).filter(term => !isStopWord(term))

async function validate(set: EvaluationSet): Promise<boolean> {
  const index = createBm25Index()
  for (let start = 0; start < set.documents.length; start += 256) {
    const texts = set.documents.slice(start, start + 256)
    await index.add(
      Uint32Array.from(texts, (_, i) => start + i),
      texts,
    )
  }
  const [plain, same] = [independentBm25(set.documents, plainTerms), independentBm25(set.documents, ourTerms)]
  const totals = { index: 0, plain: 0, same: 0 }
  let difference = 0
  for (const { text, grades } of set.queries) {
    const { keys, scores } = await index.match({ text, limit: DEPTH })
    const expected = same(text)
    scores.forEach((score, rank) => {
      difference = Math.max(difference, Math.abs(score - (expected[rank]?.score ?? 0)))
    })
    totals.index += ndcgAt10([...keys], grades)
    totals.plain += ndcgAt10(
      plain(text).map(({ document }) => document),
      grades,
    )
    totals.same += ndcgAt10(
      expected.map(({ document }) => document),
      grades,
    )
  }
  const mean = (total: number) => (total / set.queries.length).toFixed(4)
  console.log(`${set.name}: ${set.documents.length} documents, ${set.queries.length} queries; NDCG@10`)
  console.log(`  lexical index                          ${mean(totals.index)}`)
  console.log(`  independent BM25, terms of the index   ${mean(totals.same)}`)
  console.log(`  independent BM25, terms of its own     ${mean(totals.plain)}`)
  console.log(
    `  largest difference of a score at the same rank, of the first two: ${difference.toExponential(1)}`,
  )
  return difference <= ROUNDING
}

try {
  const { values } = parseArgs({
    options: { set: { type: 'string', default: '../shared/data/eval/scifact' } },
  })
  const { retrieval } = await readSets(values.set)
  for (const set of retrieval) if (!(await validate(set))) process.exitCode = 1
} catch (error) {
  console.error(messageOf(error))
  process.exitCode = 1
}
