import type { Hit, Span } from '../core/ranking/answer.ts'

export interface DocumentMarks {
  readonly words: readonly Span[]
  readonly sentence: Span | undefined
}

/**
 * A hit's marks, counted from the beginning of the document's text. A hit may show its passage shortened or with other
 * spaces, so its words are looked up in the passage again; its sentence is marked where it stands there unchanged.
 */
export function marksInDocument(text: string, hit: Hit | undefined): DocumentMarks {
  if (hit === undefined) return { words: [], sentence: undefined }
  const { start } = hit.span
  const passage = text.slice(start, hit.span.end)
  const wanted = new Set(hit.words.map(word => hit.text.slice(word.start, word.end).toLowerCase()))
  const words = [...passage.matchAll(/[\p{L}\p{M}\p{N}]+/gu)]
    .filter(([word]) => wanted.has(word.toLowerCase()))
    .map(({ 0: word, index }) => ({ start: start + index, end: start + index + word.length }))
  return { words, sentence: hit.sentence && find(hit.text.slice(hit.sentence.start, hit.sentence.end)) }

  function find(sentence: string): Span | undefined {
    const at = sentence === '' ? -1 : passage.indexOf(sentence)
    return at === -1 ? undefined : { start: start + at, end: start + at + sentence.length }
  }
}
