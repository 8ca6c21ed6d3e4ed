import { expect, test } from 'vitest'
import { readPlainText } from './plain-text-extractor.ts'

const title = (text: string) => readPlainText(text).title

test('takes a first line that looks like a title', () => {
  expect(title('\n  The Lighthouse\n\nIt stood on a rock.')).toBe('The Lighthouse')
  expect(title('春の庭\n\n雨が降る。')).toBe('春の庭')
})

test('takes no sentence, no log line, no list and no lone line for a title', () => {
  for (const text of [
    'It stood on a rock.\nAnd fell.',
    '2024-05-01 12:00:03 INFO started\nmore',
    '- milk\n- bread',
    'name,age\nx,1',
    'Only this line',
    `${'word '.repeat(30)}\nmore`,
    '',
  ]) {
    expect(title(text), text).toBeUndefined()
  }
})
