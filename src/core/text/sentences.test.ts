import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { isSpace, sentenceSpans } from './sentences.ts'

const sentences = (text: string) => sentenceSpans(text).map(({ start, end }) => text.slice(start, end))

test('ends a sentence at a stop, a question or a call', () => {
  expect(sentences('It rained. Did it? It did! Enough…')).toEqual([
    'It rained.',
    'Did it?',
    'It did!',
    'Enough…',
  ])
})

test('keeps closing quotes and brackets with their sentence', () => {
  expect(sentences('(He left.) "Why?" She slept.')).toEqual(['(He left.)', '"Why?"', 'She slept.'])
})

test('keeps abbreviations, initials, decimals and versions whole', () => {
  for (const text of [
    'Dr. Lund wrote it.',
    'Use oil, e.g. Rapeseed.',
    'J. R. Moor sang.',
    'It is 3.5 km.',
    'See v2.0.1 of it.',
    'Ask (cf. Table 2) them.',
  ]) {
    expect(sentences(text)).toEqual([text])
  }
})

test('goes on when a small letter follows', () => {
  expect(sentences('"Why?" she asked. He left.')).toEqual(['"Why?" she asked.', 'He left.'])
})

test('ends sentences of Chinese and Japanese, which put no space between them', () => {
  expect(sentences('今天下雨。我在家！「好。」明天？')).toEqual([
    '今天下雨。',
    '我在家！',
    '「好。」',
    '明天？',
  ])
})

test('ends a sentence at a blank line and before a list item', () => {
  expect(sentences('A heading\n\nsome text\n- one\n- two\n1. three')).toEqual([
    'A heading',
    'some text',
    '- one',
    '- two',
    '1. three',
  ])
})

test('reads over a line that was merely wrapped', () => {
  expect(sentences('one\ntwo. Three\nfour.')).toEqual(['one\ntwo.', 'Three\nfour.'])
})

test('holds every character but white space, once and in order', () => {
  const piece = fc.oneof(
    fc.constantFrom(
      '. ',
      '!',
      '?',
      '。',
      '\n',
      '\n\n',
      ' ',
      '"',
      ')',
      '1. ',
      '- ',
      'Dr.',
      'a',
      'B',
      '\u3000',
      '😀',
    ),
    fc.string({ unit: 'grapheme', maxLength: 6 }),
  )
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 40 }), pieces => {
      const text = pieces.join('')
      const found = sentences(text)
      expect(found.join('').replace(/\s/g, '')).toBe(text.replace(/\s/g, ''))
      expect(found.every(sentence => sentence !== '' && sentence === sentence.trim())).toBe(true)
    }),
    { seed: 3, numRuns: 300 },
  )
})

test('knows the same white space as trim', () => {
  for (let code = 0; code < 0x10000; code++) {
    expect(isSpace(code), code.toString(16)).toBe(String.fromCharCode(code).trim() === '')
  }
})
