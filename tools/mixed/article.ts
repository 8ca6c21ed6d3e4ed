import type { Chance } from './chance.ts'
import { plantedSentence, plantedWord } from './planted-word.ts'
import type { TextSource } from './text-source.ts'

/** What a file tells. */
export interface Article {
  readonly title: string
  /** Plain text, a line each; one of them says the planted sentence. */
  readonly paragraphs: readonly string[]
  readonly word: string
}

export interface Author {
  /** Of `least` paragraphs or more: mostly few, now and then many. */
  write(least?: number): Article
  /** Words of the articles since it was asked last. */
  words(): string[]
}

/** @param first Number of the first word */
export function createAuthor(texts: TextSource, chance: Chance, first = 0): Author {
  let number = first
  let words: string[] = []
  return {
    write(least = 1) {
      const word = plantedWord(number++)
      words.push(word)
      const many = Math.floor(Math.exp(2.2 * chance.next() ** 1.6)) + Math.floor(chance.next() * 3)
      const paragraphs = texts(least + many, chance).map(oneLine)
      const at = chance.below(paragraphs.length + 1)
      const title = titleOf(paragraphs[0] ?? 'Untitled note')
      return { title, word, paragraphs: paragraphs.toSpliced(at, 0, plantedSentence(word)) }
    },
    words() {
      const some = words
      words = []
      return some
    },
  }
}

function oneLine(text: string): string {
  // Control characters have no place in XML.
  return text.replace(/[\p{Cc}\uFFFE\uFFFF]+/gu, ' ').trim()
}

function titleOf(text: string): string {
  const words = text
    .replace(/[^\p{L}\s]/gu, '')
    .trim()
    .split(/\s+/)
    .slice(0, 4)
  return words.join(' ') || 'Untitled note'
}
