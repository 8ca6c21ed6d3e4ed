import { expect, test } from 'vitest'
import { describePdf, parsePdfDate } from './pdf-metadata.ts'

const describeInfo = (info: Record<string, unknown>, xmp: Record<string, unknown> = {}) =>
  describePdf({ info, property: name => xmp[name] })

test.each([
  ['D:20240131123000Z', '2024-01-31T12:30:00.000Z'],
  ["D:20240131123000+01'00'", '2024-01-31T11:30:00.000Z'],
  ['D:20240131123000-0530', '2024-01-31T18:00:00.000Z'],
  ['D:2024', '2024-01-01T00:00:00.000Z'],
  ['202401', '2024-01-01T00:00:00.000Z'],
])('reads the date %s', (text, iso) => {
  expect(new Date(parsePdfDate(text) ?? 0).toISOString()).toBe(iso)
})

test.each(['', 'D:', 'yesterday', 'D:00010101'])('takes %j for no date', text => {
  expect(parsePdfDate(text)).toBeUndefined()
})

test.each([
  'Microsoft Word - Thesis final.doc',
  'untitled',
  'Document1',
  'paper.tex',
  'PowerPoint Presentation',
  ' ',
  '(anonymous)',
])('takes %j for no title', title => {
  expect(describeInfo({ Title: title }).title).toBeUndefined()
})

test('prefers the title of the XMP packet, but not when that is junk', () => {
  expect(describeInfo({ Title: 'Old' }, { 'dc:title': 'New one' }).title).toBe('New one')
  expect(describeInfo({ Title: 'Old' }, { 'dc:title': 'x.indd' }).title).toBe('Old')
})

test('parts authors, but not a name with its first name behind', () => {
  expect(describeInfo({ Author: 'Ann Lee, Bo Chan and Cy Dow' }).authors).toEqual([
    'Ann Lee',
    'Bo Chan',
    'Cy Dow',
  ])
  expect(describeInfo({ Author: 'Lee, Ann; Chan, Bo' }).authors).toEqual(['Lee, Ann', 'Chan, Bo'])
  expect(describeInfo({ Author: 'Administrator' }).authors).toEqual([])
  expect(describeInfo({ Author: 'x' }, { 'dc:creator': ['A B', 'C D'] }).authors).toEqual(['A B', 'C D'])
})
