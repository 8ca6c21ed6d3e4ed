/**
 * Our search kernels beside a plain loop, in Node, on seeded clustered vectors: the time of a query, and the share of
 * the true ten nearest that it finds. Times are those of one machine; the ratios are what to compare.
 */
import { createKernelVectorIndex } from '../src/adapters/kernel-vector-index.ts'
import { clusteredRows, keysUpTo } from '../src/adapters/seeded-vectors.ts'
import type { Neighbours } from '../src/core/ports.ts'
import { collectBest } from '../src/core/ranking/best-keys.ts'
import { bestKernelVariant } from '../src/kernels/choose-kernel-variant.ts'

export interface KernelMeasurement {
  readonly vectors: number
  readonly method: string
  /** Milliseconds. */
  readonly p50: number
  /** How many times faster than the plain loop. */
  readonly ratio: number
  readonly recallAt10: number
  /** To add all vectors. */
  readonly buildSeconds: number
}

type Search = (query: Float32Array) => Promise<Neighbours>

const DIMENSION = 256
const QUERIES = 100
const METHODS = ['plain', 'scan', 'graph'] as const
const NAMES = { plain: 'plain JavaScript loop', scan: 'int8 scan', graph: 'int8 graph' }

export async function measureSearchKernels(sizes: readonly number[]): Promise<KernelMeasurement[]> {
  const measurements: KernelMeasurement[] = []
  for (const size of sizes) measurements.push(...(await measureSize(size)))
  return measurements
}

/** As rows of a Markdown table. */
export function kernelTable(measurements: readonly KernelMeasurement[]): string {
  const rows = measurements.map(
    ({ vectors, method, p50, ratio, recallAt10, buildSeconds }) =>
      `| ${vectors} | ${method} | ${p50.toFixed(3)} | ${ratio.toFixed(1)} | ${recallAt10.toFixed(4)} | ${buildSeconds.toFixed(2)} |`,
  )
  return [
    `${DIMENSION} dimensions, ${QUERIES} queries, ${bestKernelVariant()} kernels.`,
    '',
    '| vectors | method | p50, ms | times faster | recall@10 | build, s |',
    '| ---: | --- | ---: | ---: | ---: | ---: |',
    ...rows,
  ].join('\n')
}

async function measureSize(size: number): Promise<KernelMeasurement[]> {
  const all = clusteredRows(size + QUERIES, DIMENSION, { clusters: Math.ceil(size / 100), seed: 2026 })
  const rows = all.subarray(0, size * DIMENSION)
  const queries = Array.from({ length: QUERIES }, (_, i) => {
    return all.slice((size + i) * DIMENSION, (size + i + 1) * DIMENSION)
  })
  const measurements: KernelMeasurement[] = []
  let truth: readonly Neighbours[] = []
  for (const method of METHODS) {
    const began = performance.now()
    const search = await prepare(method, rows)
    const buildSeconds = (performance.now() - began) / 1000
    const { p50, answers } = await ask(search, queries)
    if (method === 'plain') truth = answers
    const ratio = (measurements[0]?.p50 ?? p50) / p50
    const recallAt10 = recall(answers, truth)
    measurements.push({ vectors: size, method: NAMES[method], p50, ratio, recallAt10, buildSeconds })
  }
  return measurements
}

async function prepare(method: (typeof METHODS)[number], rows: Float32Array): Promise<Search> {
  if (method === 'plain') return async query => plainSearch(rows, query)
  const index = createKernelVectorIndex({ dimension: DIMENSION, mode: method })
  await index.add(keysUpTo(rows.length / DIMENSION), rows)
  return query => index.search(query, 10)
}

/** Four sums side by side, which is as fast as JavaScript gets. */
function plainSearch(rows: Float32Array, query: Float32Array): Neighbours {
  const best = collectBest(10)
  for (let key = 0, at = 0; at < rows.length; key++) {
    let [a, b, c, d] = [0, 0, 0, 0]
    for (let i = 0; i < DIMENSION; i += 4, at += 4) {
      a += (rows[at] as number) * (query[i] as number)
      b += (rows[at + 1] as number) * (query[i + 1] as number)
      c += (rows[at + 2] as number) * (query[i + 2] as number)
      d += (rows[at + 3] as number) * (query[i + 3] as number)
    }
    best.offer(key, a + b + c + d)
  }
  return best.take()
}

async function ask(search: Search, queries: readonly Float32Array[]) {
  for (const query of queries.slice(0, 20)) await search(query)
  const times: number[] = []
  const answers: Neighbours[] = []
  for (const query of queries) {
    const began = performance.now()
    answers.push(await search(query))
    times.push(performance.now() - began)
  }
  times.sort((a, b) => a - b)
  return { p50: times[times.length >> 1] ?? Number.NaN, answers }
}

function recall(answers: readonly Neighbours[], truth: readonly Neighbours[]): number {
  let found = 0
  answers.forEach((answer, i) => {
    const expected = new Set(truth[i]?.keys)
    found += answer.keys.filter(key => expected.has(key)).length
  })
  return found / (10 * answers.length)
}
