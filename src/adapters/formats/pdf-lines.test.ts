import { expect, test } from 'vitest'
import { linesOf } from './pdf-lines.ts'
import { addCompounds, joinLines, paragraphsOf } from './pdf-paragraphs.ts'
import type { Piece } from './pdf-piece.ts'
import { withoutRunningText } from './pdf-running-text.ts'

const piece = (text: string, x: number, y: number, width = 5 * text.length, size = 10): Piece => ({
  text,
  x,
  right: x + width,
  y,
  size,
  font: 'f',
  spaced: false,
  level: undefined,
})
const read = (pieces: readonly Piece[]) => paragraphsOf(linesOf(pieces), new Set()).map(({ text }) => text)
const rows = Array.from({ length: 8 }, (_, row) => row)

test('reads columns one after the other, also when they were written row by row', () => {
  const side = (name: string, x: number) => (row: number) =>
    piece(`${name}${row} runs on to the edge of it`, x, 100 + 12 * row, 200)
  const [left, right] = [rows.map(side('left', 50)), rows.map(side('right', 262))]
  const across = [
    piece('A title across', 50, 60, 400, 20),
    piece('a footnote across the page, small', 50, 300, 400),
  ]
  const wanted = [...left, ...right].map(({ text }) => text).join(' ')
  for (const order of [
    [...left, ...right],
    rows.flatMap(row => [left[row] ?? [], right[row] ?? []].flat()),
  ]) {
    expect(read([...order, ...across])).toEqual([
      'A title across',
      wanted,
      'a footnote across the page, small',
    ])
  }
})

test('keeps the rows of a table together', () => {
  const table = rows.flatMap(row => [
    piece(`city ${row}`, 50, 100 + 12 * row),
    piece(`${row} km`, 250, 100 + 12 * row),
  ])
  expect(read(table)).toEqual([rows.map(row => `city ${row} | ${row} km`).join('\n')])
})

test('puts words together from pieces that touch, and apart where there is a gap', () => {
  expect(read([piece('light', 0, 10, 25), piece('house', 25, 10, 25), piece('keeper', 54, 10)])).toEqual([
    'lighthouse keeper',
  ])
})

test('reads a line once that was drawn twice to look bold', () => {
  expect(read([piece('Bold', 10, 10), piece('Bold', 10.4, 10)])).toEqual(['Bold'])
})

test('reads Hebrew from the right', () => {
  expect(read([piece('שלום', 100, 10, 20), piece('עולם', 70, 10, 20)])).toEqual(['שלום עולם'])
})

test('writes no spaces between the lines of Chinese', () => {
  expect(read([piece('灯塔的光照在海', 0, 10, 70), piece('面上很远。', 0, 22, 50)])).toEqual([
    '灯塔的光照在海面上很远。',
  ])
})

test('begins a paragraph at an indent and after a short last line', () => {
  const text = [
    piece('One goes on for a', 0, 10, 100),
    piece('while.', 0, 22, 30),
    piece('Two begins here', 0, 34, 100),
    piece('and ends there.', 0, 46, 98),
    piece('Three is indented', 12, 58, 88),
  ]
  expect(read(text)).toEqual([
    'One goes on for a while.',
    'Two begins here and ends there.',
    'Three is indented',
  ])
})

test('puts each item of a list on its own line', () => {
  const text = [piece('1. Oil for the', 0, 10, 100), piece('lamp', 10, 22, 20), piece('2. Glass', 0, 34, 40)]
  expect(read(text)).toEqual(['1. Oil for the lamp\n2. Glass'])
})

test('joins a word parted by a hyphen, and leaves the hyphen of a word that has one', () => {
  expect(joinLines('a light-', 'house stands', new Set())).toBe('a lighthouse stands')
  expect(joinLines('a well-', 'known house', new Set(['well-known']))).toBe('a well-known house')
  expect(joinLines('pages 1-', '2 and', new Set())).toBe('pages 1- 2 and')
  expect(joinLines('Baden-', 'Baden', new Set())).toBe('Baden- Baden')
  const compounds = new Set<string>()
  addCompounds(linesOf([piece('A Well-Known house', 0, 10)]), compounds)
  expect(compounds).toEqual(new Set(['well-known']))
})

const page = (number: number) => {
  const header = [piece('Coast Journal', 50, 30), piece(`${number}`, 300, 30)]
  const text = [
    piece(`Text of page ${'abcdef'[number]}.`, 50, 400),
    piece(`Footer of ${'uvwxyz'[number]} alone`, 50, 780),
  ]
  return { page: number, height: 800, lines: linesOf([...header, ...text]) }
}

test('takes off headers and page numbers that come again, and keeps what comes once', () => {
  const pages = withoutRunningText([1, 2, 3].map(page), 10)
  expect(pages.map(({ lines }) => lines.map(({ cells }) => cells.join('|')))).toEqual([
    ['Text of page b.', 'Footer of v alone'],
    ['Text of page c.', 'Footer of w alone'],
    ['Text of page d.', 'Footer of x alone'],
  ])
})

test('takes off what counts the pages beside the name of a chapter, but no numbered heading', () => {
  const pages = ['Fog', 'Bells', 'Oil', 'Ice'].map((name, i) => {
    const header = [piece(`Chapter ${name}`, 50, 30), piece(`${i + 11}`, 300, 30)]
    const heading = piece(`${i + 11} ${name}`, 50, 60, 100, 18)
    const text = piece(`Text on ${name} and more of it.`, 50, 400)
    return { page: i + 1, height: 800, lines: linesOf([...header, heading, text]) }
  })
  const [first] = withoutRunningText(pages, 10)
  expect(first?.lines.map(({ cells }) => cells)).toEqual([['11 Fog'], ['Text on Fog and more of it.']])
})
