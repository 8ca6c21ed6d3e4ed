import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { queryTermsOf } from '../lexical/tokenise.ts'
import { matchedSpans, snippet } from './snippet.ts'

const filler = (n: number) => Array.from({ length: n }, (_, i) => `filler${i}`).join(' ')
const matches = (text: string, query: string) => matchedSpans(text, new Set(queryTermsOf(query)))
const marked = (text: string, query: string) =>
  matches(text, query).map(({ start, end }) => text.slice(start, end))

test('marks the words of a query in any form that the index takes for the same', () => {
  expect(marked('Loaves stored in Paper bags; a paper-bag.', 'paper bag')).toEqual([
    'Paper',
    'bags',
    'paper',
    'bag',
  ])
})

test('marks words behind emoji, with combining marks, and in right-to-left text', () => {
  expect(marked('😀 cafe\u0301 ☕️ CAFÉ', 'café')).toEqual(['cafe\u0301', 'CAFÉ'])
  expect(marked('זהו מגדלור ישן', 'מגדלור')).toEqual(['מגדלור'])
})

test('joins the overlapping pairs of a script without spaces', () => {
  expect(marked('我喜欢面包店。', '面包店')).toEqual(['面包店'])
})

test('shows a short passage whole', () => {
  const words = matches('Bread in a bag', 'bag')
  expect(snippet('Bread in a bag', words)).toEqual({ text: 'Bread in a bag', words, offset: 0, lead: 0 })
})

test('shows the part with the most different words of the query', () => {
  const passage = `bread bread bread ${filler(80)} the bread went into a paper bag ${filler(80)} bag`
  const shown = snippet(passage, matches(passage, 'bread paper bag'))
  expect(shown.text).toContain('the bread went into a paper bag')
  expect(shown.words.map(({ start, end }) => shown.text.slice(start, end))).toEqual(['bread', 'paper', 'bag'])
  expect(shown.text).toMatch(/^…\S.*\S…$/)
  expect(passage).toContain(` ${shown.text.slice(1, -1)} `)
})

test('shows the beginning when nothing matches', () => {
  const shown = snippet(filler(200), [])
  expect(shown.text).toMatch(/^filler0 .*\d…$/)
  expect(shown.words).toEqual([])
})

test('shows the end without an ellipsis behind it', () => {
  const passage = `${filler(200)} needle`
  expect(snippet(passage, matches(passage, 'needle')).text).toMatch(/^….* needle$/)
})

test('moves spans with the text, stays within the limit and cuts no character in two', () => {
  const word = fc.oneof(
    fc.constantFrom(
      'needle',
      'Needles',
      'hay',
      '面包店很好',
      '😀😀',
      'cafe\u0301',
      'מגדלור',
      '\n',
      'x'.repeat(90),
    ),
    fc.string({ unit: 'grapheme', minLength: 1, maxLength: 8 }),
  )
  fc.assert(
    fc.property(fc.array(word, { maxLength: 120 }), fc.integer({ min: 60, max: 420 }), (words, limit) => {
      const passage = words.join(' ').normalize('NFC')
      const found = matches(passage, 'needle 面包店 café')
      const shown = snippet(passage, found, limit)
      expect(shown.text.length).toBeLessThanOrEqual(limit)
      expect(shown.text).not.toMatch(/\p{Cs}/u)
      expect(found.length > 0 && shown.words.length === 0).toBe(false)
      const body = shown.text.slice(shown.lead)
      expect(passage.startsWith(body.endsWith('…') ? body.slice(0, -1) : body, shown.offset)).toBe(true)
      for (const { start, end } of shown.words) {
        expect(passage.slice(start + shown.offset - shown.lead, end + shown.offset - shown.lead)).toBe(
          shown.text.slice(start, end),
        )
      }
    }),
    { seed: 7, numRuns: 300 },
  )
})
