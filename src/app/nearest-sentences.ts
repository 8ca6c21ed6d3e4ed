import type { Encoder } from '../core/ports/encoder.ts'
import type { Span } from '../core/ranking/answer.ts'
import { sentenceSpans } from '../core/text/sentences.ts'

/**
 * For each text the sentence nearest in meaning to the query, all embedded in one call. `undefined` for a text of one
 * sentence: to mark all of it would say nothing.
 */
export async function nearestSentences(
  texts: readonly string[],
  queryVector: Float32Array,
  encoder: Encoder,
): Promise<(Span | undefined)[]> {
  const spans = texts.map(text => sentenceSpans(text))
  const sentences = texts.flatMap((text, i) =>
    (spans[i] ?? []).map(({ start, end }) => text.slice(start, end)),
  )
  const vectors = await encoder.encode(sentences, 'document')
  const scores = sentences.map((_, row) => dot(vectors, row, queryVector))
  let next = 0
  return spans.map(own => {
    const first = next
    next += own.length
    return own.length < 2 ? undefined : own[best(scores.slice(first, next))]
  })
}

function dot(rows: Float32Array, row: number, vector: Float32Array): number {
  return vector.reduce((sum, value, i) => sum + value * (rows[row * vector.length + i] ?? 0), 0)
}

function best(scores: readonly number[]): number {
  return scores.reduce((top, score, i) => (score > (scores[top] ?? -Infinity) ? i : top), 0)
}
