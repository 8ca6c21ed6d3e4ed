import {
  type DocumentContents,
  indexedText,
  type LibraryDocument,
  type Passage,
  type StoredDocument,
} from '../core/document.ts'
import { sentenceSpans } from '../core/text/sentences.ts'
import type { Random } from '../core/training/random.ts'
import { bodyOf } from './show-passage.ts'

/** A passage of which one sentence asks for the rest. */
export interface Cloze {
  readonly key: number
  readonly sentence: string
  /** What is embedded for the passage, without the sentence. */
  readonly rest: string
}

/** Shorter sentences ask nothing. */
const FEWEST_WORDS = 5

/**
 * A sentence of each passage that has several, for about `share` of the passages (the inverse cloze task of Lee, Chang
 * and Toutanova 2019).
 */
export function clozesOf({ document, contents }: StoredDocument, share: number, random: Random): Cloze[] {
  return contents.passages.flatMap((passage, i) => {
    if (random.next() >= share) return []
    const cut = cutSentence(document, contents, passage, random)
    return cut === undefined ? [] : [{ ...cut, key: document.firstKey + i }]
  })
}

function cutSentence(
  document: LibraryDocument,
  contents: DocumentContents,
  passage: Passage,
  random: Random,
): Pick<Cloze, 'sentence' | 'rest'> | undefined {
  const text = bodyOf({ ...passage, text: contents.text.slice(passage.start, passage.end) })
  const spans = sentenceSpans(text)
  const telling = spans.filter(({ start, end }) => text.slice(start, end).split(/\s+/).length >= FEWEST_WORDS)
  const chosen = telling[random.below(telling.length)]
  if (chosen === undefined || spans.length < 2) return undefined
  const sentence = text.slice(chosen.start, chosen.end)
  const whole = indexedText(document, contents.text, passage)
  const at = whole.lastIndexOf(sentence)
  return { sentence, rest: whole.slice(0, at) + whole.slice(at + sentence.length) }
}
