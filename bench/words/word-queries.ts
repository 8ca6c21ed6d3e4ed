/** Queries made of a passage's own words, in the three ways in which people write them. */
import { queryFrom } from '../passages.ts'
import type { Corpus } from '../corpus/corpus.ts'
import { TEXTS_A_PAGE } from '../corpus/corpus-facts.ts'
import { createRandom } from '../../src/core/training/random.ts'
import type { WordKind } from './word-method.ts'

export interface WordQuery {
  /** The passage whose words they are. */
  readonly key: number
  readonly text: Readonly<Record<WordKind, string>>
}

/** Letters that a last word is cut by while it is typed. */
const MISSING = 2

export function wordQueries(corpus: Corpus, count: number, seed: number): WordQuery[] {
  const random = createRandom(seed)
  return Array.from({ length: count }, () => {
    const key = random.below(corpus.facts.passages)
    const passage = corpus.texts(Math.floor(key / TEXTS_A_PAGE))[key % TEXTS_A_PAGE] ?? ''
    const words = queryFrom(passage, random)
    return { key, text: { words, prefix: words.slice(0, -MISSING), typo: swapped(words) } }
  })
}

/** Two letters inside the longest word in each other's place. */
function swapped(text: string): string {
  const words = text.split(' ')
  const longest = words.toSorted((a, b) => b.length - a.length)[0] ?? ''
  const wrong = longest.replace(/^(..)(.)(.)/, '$1$3$2')
  return words.map(word => (word === longest ? wrong : word)).join(' ')
}
