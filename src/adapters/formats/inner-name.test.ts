import fc from 'fast-check'
import { expect, test } from 'vitest'
import { createDistinctNames, innerName } from './inner-name.ts'

test.each([
  ['a.pdf', 'a.pdf'],
  ['../../etc/passwd', 'passwd'],
  ['C:\\files\\a.txt', 'a.txt'],
  ['invoice\u202Efdp.exe', 'invoicefdp.exe'],
  ['a\0b\n.txt', 'ab .txt'],
  ['..', 'none'],
  [undefined, 'none'],
])('makes %j the name %j', (name, clean) => {
  expect(innerName(name, 'none')).toBe(clean)
})

test('gives names without folders, controls and dots in front, short and never empty', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 300 }), name => {
      const clean = innerName(name, 'none')
      expect(clean).toMatch(/^[^./\\\p{Cc}][^/\\\p{Cc}]*$/u)
      expect(clean.length).toBeLessThanOrEqual(120)
    }),
    { seed: 5 },
  )
})

test('keeps the extension of a long name', () => {
  expect(innerName(`${'x'.repeat(500)}.pdf`, 'none')).toMatch(/^x+\.pdf$/)
})

test('numbers names that come again', () => {
  const distinct = createDistinctNames()
  expect(['a.pdf', 'A.pdf', 'b', 'b', 'a.pdf'].map(distinct)).toEqual([
    'a.pdf',
    'A (2).pdf',
    'b',
    'b (2)',
    'a (3).pdf',
  ])
})
