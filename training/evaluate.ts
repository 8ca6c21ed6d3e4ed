/**
 * `npm run evaluate -- --sets DIR`: NDCG@10, MRR@10 and Recall@100 of BM25, dense and hybrid search on every retrieval set
 * below a folder, with the code that the page runs.
 *
 *   --sets DIR      folders with corpus.jsonl[.gz], queries.jsonl, qrels.tsv (../shared/data/eval)
 *   --model DIR     (public/models/belfry-two-tower)
 *   --json FILE     writes the scores there as well
 *   --weight W      of the dense side, in place of the manifest's
 *   --threads N     (as many as there are cores, four at most)
 */
import { writeFile } from 'node:fs/promises'
import { availableParallelism } from 'node:os'
import { parseArgs } from 'node:util'
import { messageOf } from '../src/core/errors.ts'
import { meanScores } from '../src/core/evaluation/metrics.ts'
import { scoreTable } from '../src/core/evaluation/report.ts'
import type { ScoredSet } from '../src/core/evaluation/report.ts'
import { scoreSet } from '../src/core/evaluation/run-set.ts'
import type { SetScores } from '../src/core/evaluation/run-set.ts'
import { indexSet } from './evaluate-set.ts'
import { openModel, readModel } from './read-model.ts'
import { readSets } from './read-sets.ts'

async function evaluate(): Promise<void> {
  const { values: flags } = parseArgs({
    options: {
      sets: { type: 'string', default: '../shared/data/eval' },
      model: { type: 'string', default: 'public/models/belfry-two-tower' },
      json: { type: 'string' },
      weight: { type: 'string' },
      threads: { type: 'string', default: String(Math.min(4, availableParallelism())) },
    },
  })
  const sets = await readSets(flags.sets)
  const encoder = await openModel(flags.model, Number(flags.threads))
  const info = await encoder.info()
  const weight = flags.weight === undefined ? info.fusionWeight : Number(flags.weight)
  const rows: ScoredSet[] = []
  let [documents, seconds] = [0, 0]
  for (const set of sets) {
    const indexes = await indexSet(encoder, set)
    documents += set.documents.length
    seconds += indexes.seconds
    rows.push({
      set: set.name,
      documents: set.documents.length,
      queries: set.queries.length,
      ...(await scoreSet(indexes, weight)),
    })
  }
  await encoder.close()
  const mean = meanOf(rows)
  console.log(scoreTable(rows, mean))
  const speed = Math.round(documents / seconds)
  console.log(`\n${info.modelName}, weight of the dense side ${weight}; ${speed} documents/s encoded.`)
  if (flags.json !== undefined) {
    const { manifest } = await readModel(flags.model)
    const files = Object.fromEntries(manifest.files.map(({ path, sha256 }) => [path, sha256]))
    const report = { model: info.modelName, space: info.space, files, weight, sets: rows, mean }
    await writeFile(flags.json, `${JSON.stringify(report, undefined, 2)}\n`)
  }
}

function meanOf(rows: readonly ScoredSet[]): SetScores {
  const mean = (way: keyof SetScores) => meanScores(rows.map(row => row[way]))
  return { bm25: mean('bm25'), dense: mean('dense'), hybrid: mean('hybrid') }
}

try {
  await evaluate()
} catch (error) {
  console.error(messageOf(error))
  process.exitCode = 1
}
// The runtime's threads would keep the process alive.
process.exit()
