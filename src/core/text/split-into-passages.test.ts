import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import type { Extraction } from '../document.ts'
import { joinBlocks, type Block } from './join-blocks.ts'
import { countWords } from './pieces.ts'
import { splitIntoPassages } from './split-into-passages.ts'

const words = (n: number, word = 'word') => Array.from({ length: n }, (_, i) => `${word}${i}`).join(' ')
const prose = (n: number, sentence = 12) =>
  Array.from({ length: Math.ceil(n / sentence) }, (_, i) => `S${i} ${words(sentence - 1)}.`).join(' ')
const extraction = (...blocks: Block[]): Extraction => ({ title: 'T', ...joinBlocks(blocks) })
const h = (level: number, text: string): Block => ({ level, text })
const p = (text: string): Block => ({ text })

function split(from: Extraction) {
  return splitIntoPassages(from).map(({ start, end, trail }) => ({
    text: from.text.slice(start, end),
    trail,
  }))
}

test('says a heading once that repeats the one above it', () => {
  const text = 'Memory\n\nmemory\n\nIt leaks.'
  const headings = [
    { offset: 0, level: 1, text: 'Memory' },
    { offset: 8, level: 2, text: 'memory' },
  ]
  const passages = splitIntoPassages({ title: 'Book', text, headings })
  expect(passages.map(passage => passage.trail)).toEqual([['Memory']])
})

test('makes one passage of a short text', () => {
  expect(split(extraction(p('Only this.'), p('And that.')))).toEqual([
    { text: 'Only this.\n\nAnd that.', trail: [] },
  ])
})

test('makes no passage of nothing', () => {
  expect(splitIntoPassages({ title: 'T', text: ' \n\n ', headings: [] })).toEqual([])
})

test('begins a passage at a heading and names the headings above', () => {
  const found = split(
    extraction(h(1, 'Bread'), p(prose(60)), h(2, 'Storage'), p(prose(60)), h(2, 'Baking'), p(prose(60))),
  )
  expect(found.map(passage => passage.trail)).toEqual([['Bread'], ['Bread', 'Storage'], ['Bread', 'Baking']])
  expect(found.map(passage => passage.text.split('\n')[0])).toEqual(['Bread', 'Storage', 'Baking'])
})

test('gives a heading with nothing below it to the deeper one that follows', () => {
  const found = split(extraction(h(1, 'Book'), h(2, 'Part'), p(prose(60)), h(2, 'Next'), p(prose(60))))
  expect(found.map(passage => passage.text.slice(0, 12))).toEqual(['Book\n\nPart\n\n', 'Next\n\nS0 wor'])
  expect(found.map(passage => passage.trail)).toEqual([
    ['Book', 'Part'],
    ['Book', 'Next'],
  ])
})

test('gives a heading with nothing below it to the passage before, at the end', () => {
  const found = split(extraction(h(1, 'A'), p(prose(60)), h(1, 'B')))
  expect(found).toHaveLength(1)
  expect(found[0]?.text.endsWith('\n\nB')).toBe(true)
})

test('keeps a text that is nothing but one heading', () => {
  expect(split(extraction(h(1, 'Alone')))).toEqual([{ text: 'Alone', trail: ['Alone'] }])
})

test('joins short entries below the same heading', () => {
  const entries = Array.from({ length: 8 }, (_, i) => [h(2, `Term ${i}`), p(words(8))]).flat()
  const found = split(extraction(h(1, 'Glossary'), p(prose(48)), ...entries))
  expect(found.length).toBeLessThan(5)
  expect(found.every(passage => passage.trail[0] === 'Glossary')).toBe(true)
})

test('cuts between paragraphs before it cuts one in two', () => {
  const found = split(extraction(p(prose(96)), p(prose(96)), p(prose(96))))
  expect(found.map(passage => passage.text)).toEqual([prose(96), prose(96), prose(96)])
})

test('cuts a long paragraph between sentences', () => {
  const found = split(extraction(p(prose(600))))
  expect(found.length).toBeGreaterThanOrEqual(4)
  expect(found.every(passage => passage.text.startsWith('S') && passage.text.endsWith('.'))).toBe(true)
})

test('does not leave a heading alone above a paragraph that is nearly too long', () => {
  const found = split(extraction(h(1, words(8, 'head')), p(prose(180))))
  expect(countWords(found[0]?.text ?? '', 0, 1e6)).toBeGreaterThan(30)
})

test('cuts a long Chinese paragraph behind its full stops', () => {
  const text = '今天我们去了山里的湖边散步看到了很多鸟。'.repeat(500)
  const found = split(extraction(p(text)))
  expect(found.length).toBeGreaterThan(20)
  expect(found.every(passage => passage.text.endsWith('。') && passage.text.length <= 360)).toBe(true)
})

test('cuts a word without end, and never through a surrogate pair', () => {
  const found = split(extraction(p(`x${'😀'.repeat(5000)}`)))
  expect(found.every(passage => !/\p{Cs}/u.test(passage.text))).toBe(true)
  expect(found.every(passage => passage.text.length <= 1400)).toBe(true)
})

const anyText = fc.oneof(
  fc.constantFrom('One. ', 'two, ', 'Three! ', '\n', '。', '- item\n', 'e.g. ', '  '),
  fc.constantFrom(prose(40), words(250), '漢字'.repeat(150), 'x'.repeat(3000), '😀'.repeat(900)),
  fc.string({ unit: 'grapheme', maxLength: 30 }),
)
const anyBlock = fc.oneof(
  { weight: 3, arbitrary: fc.array(anyText, { maxLength: 6 }).map(pieces => p(pieces.join(''))) },
  {
    weight: 1,
    arbitrary: fc.tuple(fc.integer({ min: 1, max: 6 }), fc.string()).map(([level, text]) => h(level, text)),
  },
)
const anyExtraction = fc.array(anyBlock, { maxLength: 14 }).map(blocks => extraction(...blocks))

test('covers every visible character once, in order, within the limits', () => {
  fc.assert(
    fc.property(anyExtraction, from => {
      const passages = splitIntoPassages(from)
      let end = 0
      let seen = ''
      for (const passage of passages) {
        expect(passage.start).toBeGreaterThanOrEqual(end)
        end = passage.end
        const text = from.text.slice(passage.start, passage.end)
        expect(text).toBe(text.trim())
        expect(text).not.toBe('')
        expect(text).not.toMatch(/\p{Cs}/u)
        expect(text.length).toBeLessThanOrEqual(1400)
        expect(countWords(text, 0, text.length)).toBeLessThanOrEqual(181)
        seen += text
      }
      expect(seen.replace(/\s/g, '')).toBe(from.text.replace(/\s/g, ''))
    }),
    { seed: 4, numRuns: 200 },
  )
})

test('leaves a passage whole when it is split again', () => {
  fc.assert(
    fc.property(anyExtraction, from => {
      for (const { start, end } of splitIntoPassages(from)) {
        const text = from.text.slice(start, end)
        expect(splitIntoPassages({ title: '', text, headings: [] })).toEqual([
          { start: 0, end: end - start, trail: [] },
        ])
      }
    }),
    { seed: 5, numRuns: 60 },
  )
})

test('survives headings that do not belong to the text', () => {
  const headings = [7, -1, 2, 2, 900, Number.NaN].map(offset => ({ offset, level: 2, text: 'odd' }))
  const text = 'ab cd ef gh'
  const joined = splitIntoPassages({ title: '', text, headings }).map(({ start, end }) =>
    text.slice(start, end),
  )
  expect(joined.join(' ').replace(/\s/g, '')).toBe('abcdefgh')
})

const pageOf = (page: number) => `Words of page ${page}. `.repeat(30).trim()

test('a passage says the page that it begins on', () => {
  const blocks = [1, 2, 3, 5].map(page => ({ text: pageOf(page), page }))
  const joined = joinBlocks([{ text: pageOf(0) }, ...blocks])
  const passages = splitIntoPassages({ title: 'Pages', ...joined })
  for (const { start, page } of passages)
    expect(joined.text.slice(start)).toMatch(new RegExp(`^Words of page ${page ?? 0}`))
  expect(new Set(passages.map(({ page }) => page))).toEqual(new Set([undefined, 1, 2, 3, 5]))
})
