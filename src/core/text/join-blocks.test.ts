import { expect, test } from 'vitest'
import { joinBlocks } from './join-blocks.ts'

test('separates blocks by a blank line and tells where headings stand', () => {
  const { text, headings } = joinBlocks([
    { text: 'Bread', level: 1 },
    { text: ' \n ' },
    { text: 'Keep it\r\nin paper.  ' },
    { text: 'In the\n freezer', level: 2 },
    { text: '', level: 3 },
    { text: 'Sliced.' },
  ])
  expect(text).toBe('Bread\n\nKeep it\nin paper.\n\nIn the freezer\n\nSliced.')
  expect(headings).toEqual([
    { offset: 0, level: 1, text: 'Bread' },
    { offset: text.indexOf('In the freezer'), level: 2, text: 'In the freezer' },
  ])
})

test('takes an endless heading for a paragraph', () => {
  const { text, headings } = joinBlocks([{ text: 'word '.repeat(100), level: 1 }])
  expect(headings).toEqual([])
  expect(text).toBe('word '.repeat(100).trim())
})

test('says where each page begins, once', () => {
  const { text, pages } = joinBlocks([
    { text: 'A preface.', page: 1 },
    { text: ' ', page: 2 },
    { text: 'A chapter.', level: 1, page: 3 },
    { text: 'Goes on.' },
    { text: 'Still there.', page: 3 },
    { text: 'The end.', page: 4 },
  ])
  expect(pages?.map(({ offset, page }) => [page, text.slice(offset, offset + 9)])).toEqual([
    [1, 'A preface'],
    [3, 'A chapter'],
    [4, 'The end.'],
  ])
  expect(joinBlocks([{ text: 'No pages.' }])).not.toHaveProperty('pages')
})
