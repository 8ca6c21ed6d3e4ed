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
