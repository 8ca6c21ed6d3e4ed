/**
 * `npm run evaluate -- --sets DIR`: NDCG@10, MRR@10 and Recall@100 of BM25, dense and hybrid search on every retrieval set
 * below a folder, and Spearman's correlation on every similarity set, with the code that the page runs. As Markdown.
 *
 *   --sets DIR           folders with corpus.jsonl[.gz], queries.jsonl and qrels.tsv, or with pairs.tsv: text, text,
 *                        score (../shared/data/eval)
 *   --model DIR          (public/models/belfry-two-tower)
 *   --json FILE          writes the scores there as well
 *   --weight W           of the dense side, in place of the manifest's
 *   --quantised          dense scores with true vectors, as the page searches, and with int8 vectors alone
 *   --dimensions 64,128  scores with the first so many dimensions
 *   --threads N          (as many as there are cores, four at most)
 */
import { writeFile } from 'node:fs/promises'
import { availableParallelism } from 'node:os'
import { parseArgs } from 'node:util'
import { messageOf } from '../src/core/errors.ts'
import { scoreSet } from '../src/core/evaluation/run-set.ts'
import { indexSet } from './evaluate-set.ts'
import { similarityScore } from './evaluate-similarity.ts'
import { scoreDimensions, scoreQuantised } from './evaluate-variants.ts'
import type { DimensionScores } from './evaluate-variants.ts'
import { meanOf, reportMarkdown } from './evaluation-report.ts'
import type { EvaluatedSet } from './evaluation-report.ts'
import { numberFlag, numbersFlag } from './number-flags.ts'
import { openModel, readModel } from './read-model.ts'
import { readSets } from './read-sets.ts'

async function evaluate(): Promise<void> {
  const { values: flags } = parseArgs({
    options: {
      sets: { type: 'string', default: '../shared/data/eval' },
      model: { type: 'string', default: 'public/models/belfry-two-tower' },
      json: { type: 'string' },
      weight: { type: 'string' },
      quantised: { type: 'boolean', default: false },
      dimensions: { type: 'string' },
      threads: { type: 'string', default: String(Math.min(4, availableParallelism())) },
    },
  })
  const threads = numberFlag('threads', flags.threads, { least: 1, most: 64, whole: true })
  const { manifest } = await readModel(flags.model)
  const { dimension } = manifest
  const kept = numbersFlag('dimensions', flags.dimensions, { least: 1, most: dimension, whole: true })
  const weight =
    flags.weight === undefined
      ? manifest.fusion.weight
      : numberFlag('weight', flags.weight, { least: 0, most: 1 })
  const { retrieval, similarity: pairSets } = await readSets(flags.sets)
  const encoder = await openModel(flags.model, threads)
  const info = await encoder.info()
  const sets: EvaluatedSet[] = []
  let [texts, seconds] = [0, 0]
  for (const set of retrieval) {
    const indexed = await indexSet(encoder, set)
    const [documents, queries] = [set.documents.length, set.queries.length]
    texts += documents + queries
    seconds += indexed.seconds
    const dimensions: Record<string, DimensionScores> = {}
    for (const count of kept) dimensions[count] = await scoreDimensions(indexed, count, weight)
    sets.push({
      set: set.name,
      documents,
      queries,
      ...(await scoreSet(indexed, weight)),
      ...(flags.quantised ? { quantised: await scoreQuantised(indexed) } : {}),
      ...(kept.length > 0 ? { dimensions } : {}),
    })
  }
  const similarity = []
  for (const set of pairSets) {
    const score = await similarityScore(encoder, set)
    similarity.push({ set: set.name, pairs: set.pairs.length, spearman: score })
  }
  await encoder.close()
  console.log(reportMarkdown(sets, similarity))
  const speed = texts === 0 ? '' : `; ${Math.round(texts / seconds)} texts/s encoded`
  console.log(`\n${info.modelName}, weight of the dense side ${weight}${speed}.`)
  if (flags.json === undefined) return
  const files = Object.fromEntries(manifest.files.map(({ path, sha256 }) => [path, sha256]))
  const report = { model: info.modelName, space: info.space, files, weight, sets }
  await writeFile(
    flags.json,
    `${JSON.stringify({ ...report, ...(sets.length > 0 && { mean: meanOf(sets) }), ...(similarity.length > 0 && { similarity }) }, undefined, 2)}\n`,
  )
}

try {
  await evaluate()
} catch (error) {
  console.error(messageOf(error))
  process.exitCode = 1
}
// The runtime's threads would keep the process alive.
process.exit()
