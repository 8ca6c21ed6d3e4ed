import { describe, expect, it } from 'vitest'
import type { Extraction, Passage } from '../document.ts'
import { joinBlocks } from './join-blocks.ts'
import { outlineOf } from './outline.ts'
import { splitIntoPassages } from './split-into-passages.ts'

const words = (count: number, word: string) =>
  Array.from({ length: count }, (_, i) => `${word}${i}`).join(' ') + '.'

const BOOK: Extraction = {
  title: 'Bread',
  ...joinBlocks([
    { text: words(60, 'before'), page: 1 },
    { text: 'Storage', level: 1, page: 2 },
    { text: 'In a bag', level: 2, page: 2 },
    { text: words(200, 'bag'), page: 2 },
    { text: words(90, 'paper'), page: 3 },
    { text: 'In the freezer', level: 2, page: 4 },
    { text: words(130, 'ice'), page: 4 },
    { text: 'Baking', level: 1, page: 5 },
    { text: words(300, 'oven'), page: 5 },
  ]),
}

function bounds({ start, end, trail }: Passage): Passage {
  return { start, end, trail }
}

describe('the outline of a stored document', () => {
  it('is what was stored with it', () => {
    const { text, headings, pages } = BOOK
    const outline = { headings, ...(pages && { pages }) }
    expect(outlineOf({ text, passages: splitIntoPassages(BOOK), outline })).toBe(outline)
  })

  it('is found by its passages in what was stored without', () => {
    const { text, headings, pages = [] } = BOOK
    const outline = outlineOf({ text, passages: splitIntoPassages(BOOK) })
    expect(outline.headings).toEqual(headings)
    // Where no passage begins with the page, nothing tells of it.
    expect(outline.pages?.every(start => pages.some(({ page }) => page === start.page))).toBe(true)
    expect(outline.pages?.length).toBeGreaterThan(2)
  })

  it('gives the same passages when it is cut the same way, and keeps their headings in another', () => {
    const passages = splitIntoPassages(BOOK)
    const stored = { title: BOOK.title, text: BOOK.text, ...outlineOf({ text: BOOK.text, passages }) }
    expect(splitIntoPassages(stored).map(bounds)).toEqual(passages.map(bounds))
    const short = splitIntoPassages(stored, { target: 30, most: 50, units: 400, tiny: 5 })
    expect(short.length).toBeGreaterThan(passages.length)
    for (const { start, trail } of short) {
      expect(passages.find(passage => passage.start <= start && start < passage.end)?.trail).toEqual(trail)
    }
  })

  it('says a heading again that stands above what follows another one', () => {
    const text = 'A\n\none\n\nB\n\ntwo\n\nthree'
    const passages = [
      { start: 0, end: 6, trail: ['A'] },
      { start: 8, end: 14, trail: ['A', 'B'] },
      { start: 16, end: 21, trail: ['A'] },
    ]
    expect(outlineOf({ text, passages }).headings).toEqual([
      { offset: 0, level: 1, text: 'A' },
      { offset: 8, level: 2, text: 'B' },
      { offset: 16, level: 1, text: 'A' },
    ])
  })
})
