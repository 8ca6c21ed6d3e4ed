import { expect, it } from 'vitest'
import { leftBehindWords } from './left-behind-words.ts'

it('names the files when they are few, and counts the rest when they are many', () => {
  expect(leftBehindWords(['a.md'])).toBe(
    'One file was not taken in: the tab that was adding ended before it could keep it: a.md. Add it again.',
  )
  expect(leftBehindWords(['a.md', 'b.md', 'c.md', 'd.md', 'e.md'])).toBe(
    '5 files were not taken in: the tab that was adding ended before it could keep them: a.md, b.md, c.md, 2 more. Add them again.',
  )
})
