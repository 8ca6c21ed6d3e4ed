/** What the query side learns from on the device: queries, each with a document that was right and others that were not. */
import { dotProduct } from '../vector.ts'

/** A document's unit vector. The same `id` is the same document. */
export interface Candidate {
  readonly id: number
  readonly vector: Float32Array
}

export interface Choice {
  /** Unit vector that the shipped query tower gives. */
  readonly query: Float32Array
  readonly right: Candidate
  readonly wrong: readonly Candidate[]
  /** Choices of one group, such as those of one query, are never on both sides of a test. */
  readonly group: number
}

/** Several choices as matrices: every row chooses among the columns that it is offered. */
export interface ChoiceBatch {
  readonly rows: number
  readonly columns: number
  /** [rows×dimension] and [columns×dimension], unit rows. */
  readonly queries: Float32Array
  readonly documents: Float32Array
  /** The column of each row's right document. */
  readonly answers: Int32Array
  /** [rows×columns], 1 where the row is offered the column. */
  readonly offered: Uint8Array
}

/**
 * @param shared Whether every row is also offered what the others were. A second copy of its own right document never is.
 */
export function batchChoices(choices: readonly Choice[], shared: boolean): ChoiceBatch {
  const dimension = choices[0]?.query.length ?? 0
  const candidates = choices.flatMap(({ right, wrong }) => [right, ...wrong])
  const [rows, columns] = [choices.length, candidates.length]
  const queries = new Float32Array(rows * dimension)
  const documents = new Float32Array(columns * dimension)
  const answers = new Int32Array(rows)
  const offered = new Uint8Array(rows * columns)
  candidates.forEach(({ vector }, column) => documents.set(vector, column * dimension))
  let first = 0
  choices.forEach(({ query, right, wrong }, row) => {
    queries.set(query, row * dimension)
    answers[row] = first
    const last = first + 1 + wrong.length
    candidates.forEach(({ id }, column) => {
      const own = column >= first && column < last
      const isOffered = column === first || ((shared || own) && id !== right.id)
      offered[row * columns + column] = isOffered ? 1 : 0
    })
    first = last
  })
  return { rows, columns, queries, documents, answers, offered }
}

/**
 * 1 / rank of the right document among its choice's candidates, by the cosine with `query`. Among equals every place is as
 * likely, so it is the mean over them: a head that cannot tell documents apart is worth what chance is, no less.
 */
export function reciprocalRankOf({ right, wrong }: Choice, query: Float32Array): number {
  const wanted = dotProduct(query, right.vector)
  const scores = wrong.filter(({ id }) => id !== right.id).map(({ vector }) => dotProduct(query, vector))
  const ahead = scores.filter(score => score > wanted).length
  const equal = scores.filter(score => score === wanted).length
  let sum = 0
  for (let place = ahead + 1; place <= ahead + 1 + equal; place++) sum += 1 / place
  return sum / (equal + 1)
}
