/**
 * `tsx training/calibrate.ts`: the figures behind the manifest's fusion weight and strengths, from sources that were never
 * trained on. The weight: NDCG@10 of hybrid search for a row of weights. The strengths: for a row of cosines, how many
 * queries have an answer above it, and how many a stranger, the nearest document of another held-out source. A match is
 * fair where one stranger in 20 comes, strong where one in 200 does: the last two lines.
 */
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { heldOutSet } from './held-out-sets.ts'
import { scoreHybrid, scoreSet } from '../src/core/evaluation/run-set.ts'
import { indexSet } from './evaluate-set.ts'
import type { SetIndexes } from './evaluate-set.ts'
import { readPairs } from './read-sources.ts'
import { openModel } from './read-model.ts'
import { HELD_OUT } from './recipe.ts'

const QUERIES_PER_SOURCE = 400
const WEIGHTS = [0.2, 0.3, 0.35, 0.4, 0.45, 0.5, 0.55, 0.6, 0.7]
const COSINES = [0.2, 0.25, 0.3, 0.35, 0.4, 0.45, 0.5, 0.55, 0.6, 0.65, 0.7]

const { values: flags } = parseArgs({
  options: {
    data: { type: 'string', default: '../shared/data' },
    model: { type: 'string', default: 'public/models/belfry-two-tower' },
    threads: { type: 'string', default: '2' },
  },
})

const encoder = await openModel(flags.model, Number(flags.threads))
const sources = (await readPairs(join(flags.data, 'train'))).filter(({ name }) => HELD_OUT.includes(name))
const indexed: SetIndexes[] = []
for (const source of sources) indexed.push(await indexSet(encoder, heldOutSet(source, QUERIES_PER_SOURCE)))
await encoder.close()
await showWeights(indexed)
await showStrengths(indexed)
process.exit()

async function showWeights(all: readonly SetIndexes[]): Promise<void> {
  console.log(`set\tbm25\tdense\t${WEIGHTS.map(weight => `w ${weight}`).join('\t')}`)
  const sums = new Float64Array(WEIGHTS.length + 2)
  for (const indexes of all) {
    const { bm25, dense } = await scoreSet(indexes, 0.5)
    const row = [bm25.ndcg10, dense.ndcg10]
    for (const weight of WEIGHTS) row.push((await scoreHybrid(indexes, weight)).ndcg10)
    row.forEach((score, i) => (sums[i] = (sums[i] ?? 0) + score / all.length))
    console.log(`${indexes.set.name}\t${row.map(score => score.toFixed(3)).join('\t')}`)
  }
  console.log(`mean\t${Array.from(sums, score => score.toFixed(4)).join('\t')}`)
}

async function showStrengths(all: readonly SetIndexes[]): Promise<void> {
  const answered: number[] = []
  const strangers: number[] = []
  for (const indexes of all) {
    const { set, vectorIndex } = indexes
    const { dimension, queries } = indexes.vectors
    for (const [i, { grades }] of set.queries.entries()) {
      const query = queries.subarray(i * dimension, (i + 1) * dimension)
      answered.push(Math.max(...(await vectorIndex.score(query, Uint32Array.from(grades.keys())))))
      for (const other of all) {
        if (other === indexes) continue
        strangers.push((await other.vectorIndex.search(query, 1)).scores[0] ?? 0)
      }
    }
  }
  console.log('\ncosine\tanswers above\tbest strangers of one source above')
  for (const cosine of [...COSINES, cosineAbove(strangers, 0.05), cosineAbove(strangers, 0.005)]) {
    console.log([cosine, shareAbove(answered, cosine), shareAbove(strangers, cosine)].map(round).join('\t'))
  }
}

/** The cosine that this share of the values reaches. */
function cosineAbove(values: readonly number[], share: number): number {
  return values.toSorted((a, b) => b - a)[Math.floor(values.length * share)] ?? 1
}

function shareAbove(values: readonly number[], cosine: number): number {
  return values.filter(value => value >= cosine).length / values.length
}

function round(value: number): string {
  return value.toFixed(3)
}
