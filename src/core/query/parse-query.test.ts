import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type ParsedQuery, parseQuery } from './parse-query.ts'

const plain = (text: string): ParsedQuery => ({
  text,
  phrases: [],
  without: [],
  filters: [],
  phraseText: '',
  filterText: '',
})
const bellsIn = (text: string) => text.split('bell').length
const at = (year: number, month = 1, day = 1) => new Date(year, month - 1, day).getTime()

describe('parseQuery', () => {
  it('takes phrases, exclusions and filters out of the words', () => {
    const typed = 'bell "water tower" -moss -"old mill" type:md,html folder:"My Notes" date:2024..2025 owl'
    expect(parseQuery(typed)).toEqual({
      text: 'bell water tower owl',
      phrases: ['water tower'],
      without: ['moss', 'old mill'],
      filters: [
        { field: 'type', values: ['md', 'html'], not: false },
        { field: 'folder', values: ['my notes'], not: false },
        { field: 'date', range: { from: at(2024), until: at(2026) }, not: false },
      ],
      phraseText: '"water tower" -moss -"old mill"',
      filterText: 'type:md,html folder:"My Notes" date:2024..2025',
    })
  })

  it('takes a minus before a filter for its opposite', () => {
    expect(parseQuery('bell -type:pdf').filters).toEqual([{ field: 'type', values: ['pdf'], not: true }])
  })

  it.each<[string, number, number]>([
    ['date:2024', at(2024), at(2025)],
    ['date:2024-02', at(2024, 2), at(2024, 3)],
    ['DATE:2024-02-29', at(2024, 2, 29), at(2024, 3)],
    ['date:2024-12-31', at(2024, 12, 31), at(2025)],
    ['date:2023-11..2024-02', at(2023, 11), at(2024, 3)],
    ['date:2023..', at(2023), Infinity],
    ['date:..2023', -Infinity, at(2024)],
    ['before:2024-05', -Infinity, at(2024, 5)],
    ['after:2024-05', at(2024, 6), Infinity],
  ])('reads %s', (typed, from, until) => {
    expect(parseQuery(typed).filters).toEqual([{ field: 'date', range: { from, until }, not: false }])
  })

  it.each([
    'bell tower',
    '  bell   tower ',
    '"bell tower',
    'bell" tower',
    '""',
    '"—"',
    'say "cheese"cake',
    '-',
    '--flag',
    'it is -5 degrees',
    'well-known',
    'bell - tower',
    'type:',
    'type: markdown',
    'type:,',
    'note:this',
    'tag:home',
    'https://example.org/a:b',
    'date:2024-13',
    'date:2023-02-29',
    'date:soon',
    'date:..',
    'date:1..2..3',
    'before:2024..2025',
    '12:30',
    '',
  ])('takes %j for plain text', typed => {
    expect(parseQuery(typed)).toEqual(plain(typed))
  })

  it('leaves the end of the text open only where the last word ends what was typed', () => {
    expect(parseQuery('"water tower" bel').text).toBe('water tower bel')
    expect(parseQuery('bel "water tower"').text).toBe('bel water tower ')
    expect(parseQuery('bel -moss').text).toBe('bel ')
    expect(parseQuery('bel type:md').text).toBe('bel ')
    expect(parseQuery('type:md -moss').text).toBe('')
  })

  it('understands curly quotes', () => {
    expect(parseQuery('“water tower” -“old mill”')).toMatchObject({
      phrases: ['water tower'],
      without: ['old mill'],
    })
  })

  it('loses no word, whatever is typed', () => {
    const piece = fc.constantFrom(
      'bell',
      '"',
      '-',
      ' ',
      'type:',
      'md',
      ':',
      'date:',
      '2024',
      '..',
      '“',
      '”',
      ',',
    )
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 14 }), pieces => {
        const typed = pieces.join('')
        const { text, without, filterText } = parseQuery(typed)
        expect(bellsIn([text, ...without, filterText].join(' '))).toBe(bellsIn(typed))
      }),
      { seed: 21, numRuns: 1000 },
    )
  })
})
