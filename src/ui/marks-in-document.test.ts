import { expect, it } from 'vitest'
import type { Hit } from '../core/ranking/answer.ts'
import { marksInDocument } from './marks-in-document.ts'

const TEXT = 'Other loaves.\n\nKeep loaves\nin paper. A Loaves bag is best.\n\nMore loaves.'
const PASSAGE = { start: 15, end: 58 }

function hitShowing(text: string, word: string, sentence: string): Hit {
  const spanOf = (part: string) => ({ start: text.indexOf(part), end: text.indexOf(part) + part.length })
  return { span: PASSAGE, text, words: [spanOf(word)], sentence: spanOf(sentence) } as unknown as Hit
}

function marked(hit: Hit) {
  const { words, sentence } = marksInDocument(TEXT, hit)
  return {
    words: words.map(({ start, end }) => [start, TEXT.slice(start, end)]),
    sentence: sentence && TEXT.slice(sentence.start, sentence.end),
  }
}

it('marks the words of a hit in its passage only, though the hit shows it shortened', () => {
  const hit = hitShowing('… loaves in paper. A Loaves bag is best.', 'loaves', 'A Loaves bag is best.')
  expect(marked(hit)).toEqual({
    words: [
      [20, 'loaves'],
      [39, 'Loaves'],
    ],
    sentence: 'A Loaves bag is best.',
  })
})

it('marks no sentence that does not stand there unchanged', () => {
  expect(
    marked(hitShowing('Keep loaves in paper.', 'paper', 'Keep loaves in paper.')).sentence,
  ).toBeUndefined()
})
