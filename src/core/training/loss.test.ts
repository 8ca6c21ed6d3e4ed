import { describe, expect, it } from 'vitest'
import { createArena } from './arena.ts'
import { ALONE } from './barrier.ts'
import { createLoss } from './loss.ts'
import { plainKernels } from './plain-kernels.ts'
import { createRandom } from './random.ts'
import { createStepWorker, trainingBytes } from './step-worker.ts'
import { PLAIN_PLAN } from './training-shape.ts'
import type { LossPlan } from './training-shape.ts'

const QUERIES = 5
const WIDTH = 6
const SHARPNESS = 3

type Rows = readonly (readonly number[])[]
/** The textbook's loss of these cosines, rows for queries. */
type Textbook = (cosines: Rows) => number

const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0)
const mean = (values: readonly number[]): number => (values.length === 0 ? 0 : sum(values) / values.length)
const column = (cosines: Rows, j: number): number[] => cosines.map(row => row[j] ?? 0)

const logSum = (values: readonly number[]): number =>
  Math.log(sum(values.map(value => Math.exp(SHARPNESS * value))))

const crossEntropy: Textbook = cosines => {
  const halves = cosines.map((row, i) => {
    const answer = SHARPNESS * (row[i] ?? 0)
    return (logSum(row) - answer + logSum(column(cosines, i)) - answer) / 2
  })
  return mean(halves)
}

const tripletOf =
  (margin: number): Textbook =>
  cosines =>
    mean(
      cosines.map((row, i) => {
        const answer = row[i] ?? 0
        const violating = (rivals: readonly number[]): number =>
          mean(rivals.map(rival => margin - answer + rival).filter(excess => excess > 0))
        const others = row.slice(0, QUERIES).filter((_, j) => j !== i)
        const askers = column(cosines, i).filter((_, j) => j !== i)
        return (violating(others) + violating(row.slice(QUERIES)) + violating(askers)) / 2
      }),
    )

const LOSSES: readonly (readonly [name: string, plan: LossPlan, textbook: Textbook])[] = [
  ['softmax', { kind: 'softmax' }, crossEntropy],
  ['triplet', { kind: 'triplet', margin: 0.3 }, tripletOf(0.3)],
  ['triplet where all violate', { kind: 'triplet', margin: 3 }, tripletOf(3)],
  ['triplet where none does', { kind: 'triplet', margin: -3 }, tripletOf(-3)],
]

function unitRows(count: number, seed: number): number[][] {
  const random = createRandom(seed)
  return Array.from({ length: count }, () => {
    const row = Array.from({ length: WIDTH }, random.normal)
    return row.map(value => value / Math.hypot(...row))
  })
}

function cosinesOf(queries: Rows, documents: Rows): Rows {
  return queries.map(query => documents.map(row => sum(row.map((value, d) => value * (query[d] ?? 0)))))
}

function runLoss(plan: LossPlan, queries: Rows, documents: Rows) {
  const sizes = { vocabulary: 4, dimension: WIDTH, batch: QUERIES, maxTokens: { query: 1, document: 1 } }
  const shape = { ...PLAIN_PLAN, ...sizes, threads: 1, negatives: 1, loss: plan }
  const thread = { kernels: plainKernels, share: { index: 0, count: 1 }, barrier: ALONE }
  const arena = createArena(new ArrayBuffer(trainingBytes(shape)))
  const { state } = createStepWorker(arena, shape, thread)
  const side = (rows: Rows) => ({
    rows: Float32Array.from(rows.flat()),
    gradient: new Float32Array(rows.length * WIDTH),
  })
  const sides = { query: side(queries), document: side(documents) }
  const sizesOfSides = { width: WIDTH, queries: queries.length, documents: documents.length }
  const loss = createLoss(shape)(state, thread, { ...sizesOfSides, ...sides }, SHARPNESS)
  return { loss, query: sides.query.gradient, document: sides.document.gradient }
}

/** Central difference of the textbook's loss in number `at` of the rows of one side. */
function slope(textbook: Textbook, queries: Rows, documents: Rows, at: number): number {
  const rows = [...queries, ...documents]
  const moved = (by: number): number => {
    const all = rows.map((row, i) => row.map((value, d) => (i * WIDTH + d === at ? value + by : value)))
    return textbook(cosinesOf(all.slice(0, queries.length), all.slice(queries.length)))
  }
  return (moved(1e-6) - moved(-1e-6)) / 2e-6
}

describe.each(LOSSES)('the loss %s', (_, plan, textbook) => {
  it.each([0, 2, 5])('is the textbook’s, and its gradient is, with %i mined documents', mined => {
    const [queries, documents] = [unitRows(QUERIES, 1), unitRows(QUERIES + mined, 2)]
    const { loss, query, document } = runLoss(plan, queries, documents)
    expect(loss).toBeCloseTo(textbook(cosinesOf(queries, documents)), 5)
    for (const [at, value] of [...query, ...document].entries()) {
      expect(value).toBeCloseTo(slope(textbook, queries, documents, at), 5)
    }
  })
})
