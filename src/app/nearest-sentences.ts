import type { Encoder } from '../core/ports/encoder.ts'
import type { Span } from '../core/ranking/answer.ts'
import { sentenceSpans } from '../core/text/sentences.ts'

/** Finds in texts the sentence nearest in meaning to a query. What was embedded lately is kept for the next key stroke. */
export interface NearestSentences {
  /** Embeds the sentences of the texts that it does not know, all in one call. */
  prepare(texts: readonly string[], encoder: Encoder): Promise<void>
  /** Whether `nearest` can answer for the text. */
  knows(text: string): boolean
  /** `undefined` for a text that is not known, and for one of one sentence: to mark all of it would say nothing. */
  nearest(text: string, queryVector: Float32Array): Span | undefined
}

interface Sentences {
  readonly spans: readonly Span[]
  /** Row-major, a row for each span. */
  readonly vectors: Float32Array
}

/** Texts; a megabyte or so of vectors. */
const CAPACITY = 64

export function createNearestSentences(capacity = CAPACITY): NearestSentences {
  /** Least recently used first. */
  const kept = new Map<string, Sentences>()
  let keptOf: Encoder | undefined

  function keep(text: string, sentences: Sentences): void {
    kept.delete(text)
    kept.set(text, sentences)
    for (const oldest of kept.keys()) {
      if (kept.size <= capacity) return
      kept.delete(oldest)
    }
  }

  return {
    async prepare(texts, encoder) {
      if (keptOf !== encoder) kept.clear()
      keptOf = encoder
      const missing = [...new Set(texts)].filter(text => !kept.has(text))
      const embedded = await embedSentences(missing, encoder)
      if (keptOf !== encoder) return
      for (const [i, sentences] of embedded.entries()) keep(missing[i] ?? '', sentences)
    },
    knows: text => kept.has(text),
    nearest(text, queryVector) {
      const known = kept.get(text)
      if (known === undefined) return undefined
      keep(text, known)
      return known.spans.length < 2 ? undefined : nearestOf(known, queryVector)
    },
  }
}

async function embedSentences(texts: readonly string[], encoder: Encoder): Promise<Sentences[]> {
  if (texts.length === 0) return []
  const spans = texts.map(text => sentenceSpans(text))
  const sentences = texts.flatMap((text, i) =>
    (spans[i] ?? []).map(({ start, end }) => text.slice(start, end)),
  )
  const vectors = await encoder.encode(sentences, 'document')
  const dimension = vectors.length / Math.max(1, sentences.length)
  let next = 0
  return spans.map(own => {
    const first = next
    next += own.length
    return { spans: own, vectors: vectors.slice(first * dimension, next * dimension) }
  })
}

function nearestOf({ spans, vectors }: Sentences, queryVector: Float32Array): Span | undefined {
  const scores = spans.map((_, row) => dot(vectors, row, queryVector))
  return spans[scores.indexOf(Math.max(...scores))]
}

function dot(rows: Float32Array, row: number, vector: Float32Array): number {
  const start = row * vector.length
  let sum = 0
  for (let i = 0; i < vector.length; i++) sum += (rows[start + i] ?? 0) * (vector[i] as number)
  return sum
}
