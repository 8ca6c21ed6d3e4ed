import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { normaliseLine, normaliseText } from './normalise-text.ts'

test('ends lines in a line feed, whatever they ended in', () => {
  expect(normaliseText('a\r\nb\rc\u2028d\fe')).toBe('a\nb\nc\nd\ne')
})

test('keeps one blank line of many and no space at the end of a line', () => {
  expect(normaliseText('\n\n a  \n \t\n\n\nb \n\n')).toBe(' a\n\nb')
})

test('keeps the indentation of a line', () => {
  expect(normaliseText('if x:\n\tgo()')).toBe('if x:\n\tgo()')
})

test('removes control characters, soft hyphens and byte order marks', () => {
  expect(normaliseText('\uFEFFin\u00ADvisible\0 \u0007bell\u0085')).toBe('invisible bell')
})

test('composes letters and their marks', () => {
  expect(normaliseText('cafe\u0301')).toBe('caf\u00e9')
})

test('replaces lone surrogates and keeps pairs', () => {
  expect(normaliseText('a\uD800b 😀 \uDC00')).toBe('a\uFFFDb 😀 \uFFFD')
})

test('cuts absurd stacks of combining marks', () => {
  const stacked = normaliseText(`a${'\u0301\u0316'.repeat(100_000)}b`)
  expect(stacked.length).toBeLessThan(40)
  expect(stacked.endsWith('b')).toBe(true)
})

test('leaves normalised text as it is', () => {
  const unit = fc.oneof(
    fc.constantFrom(' ', '\n', '\r', '\t', '\u0301', '\u0316', '\0', '\u2028', '\uD83D', '\uDE00', '\u00A0'),
    fc.string({ unit: 'binary', maxLength: 3 }),
  )
  fc.assert(
    fc.property(fc.array(unit, { maxLength: 60 }), units => {
      const once = normaliseText(units.join(''))
      expect(normaliseText(once)).toBe(once)
      expect(once).not.toMatch(/\n\n\n|[^\S\n]\n|\s$|\p{Cs}/u)
    }),
    { seed: 2, numRuns: 500 },
  )
})

test('makes one line without direction marks of a title', () => {
  expect(normaliseLine(' invoice\u202Efdp.exe\n 2024 ')).toBe('invoicefdp.exe 2024')
})
