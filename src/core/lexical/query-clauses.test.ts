import { describe, expect, it } from 'vitest'
import type { Language } from './language.ts'
import { clausesOf, type Vocabulary } from './query-clauses.ts'

const differences = (a: string, b: string) =>
  Array.from({ length: a.length }, (_, i) => a[i] !== b[i]).filter(Boolean).length

/** Terms with their frequencies; all that are as long as a term and differ in one letter are near it. */
function vocabularyOf(
  terms: Readonly<Record<string, number>>,
  languages: readonly Language[] = ['en'],
): Vocabulary {
  const byFrequency = Object.keys(terms).toSorted((a, b) => (terms[b] ?? 0) - (terms[a] ?? 0))
  return {
    languages: () => languages,
    frequency: term => terms[term] ?? 0,
    completions: (prefix, limit) => byFrequency.filter(term => term.startsWith(prefix)).slice(0, limit),
    near: (wanted, distance, limit) =>
      byFrequency
        .filter(term => term.length === wanted.length && differences(term, wanted) <= distance)
        .slice(0, limit),
  }
}

const asked = (text: string, vocabulary: Vocabulary, typing = true) =>
  clausesOf(text, { typing, corrected: typing }, vocabulary).map(({ terms }) =>
    terms.map(({ term, weight }) => [term, weight]),
  )

describe('clausesOf', () => {
  it('asks for each word once and knows how often it was typed', () => {
    const clauses = clausesOf('bell towers bells', {}, vocabularyOf({ bell: 3, tower: 2 }))
    expect(clauses).toEqual([
      { terms: [{ term: 'bell', weight: 1 }], occurrences: 2, frequency: 3 },
      { terms: [{ term: 'tower', weight: 1 }], occurrences: 1, frequency: 2 },
    ])
  })

  it('asks for a word as each language of the library has it', () => {
    const vocabulary = vocabularyOf({ glock: 4, glocken: 1 }, ['unknown', 'de'])
    expect(clausesOf('Glocken', {}, vocabulary)).toEqual([
      {
        terms: [
          { term: 'glocken', weight: 1 },
          { term: 'glock', weight: 1 },
        ],
        occurrences: 1,
        frequency: 5,
      },
    ])
  })

  it('takes only the end of the text for unfinished', () => {
    const vocabulary = vocabularyOf({ belfry: 1 })
    expect(asked('belf', vocabulary)).toEqual([[['belfry', 1]]])
    expect(asked('belf ', vocabulary)).toEqual([[['belf', 1]]])
    expect(asked('belf', vocabulary, false)).toEqual([[['belf', 1]]])
  })

  it('adds endings to a word that is known where they are much more frequent', () => {
    expect(asked('pho', vocabularyOf({ pho: 2, photo: 20, phone: 3 }))).toEqual([
      [
        ['pho', 1],
        ['photo', 0.5],
        ['phone', 0.5],
      ],
    ])
    expect(asked('mill', vocabularyOf({ mill: 5, million: 40 }))).toEqual([[['mill', 1]]])
  })

  it('looks for near words only where a word of four letters or more is unknown and no number', () => {
    const vocabulary = vocabularyOf({ tower: 2, toner: 1, cat: 1, '2024': 1, avalanch: 1 })
    expect(asked('tover ', vocabulary)[0]).toEqual([
      ['tower', 0.5],
      ['toner', 0.5],
    ])
    expect(asked('toner ', vocabulary)[0]).toEqual([['toner', 1]])
    expect(asked('bat ', vocabulary)[0]).toEqual([['bat', 1]])
    expect(asked('2025 ', vocabulary)[0]).toEqual([['2025', 1]])
    expect(asked('toxxr ', vocabulary)[0]).toEqual([['toxxr', 1]])
    expect(asked('tover axalxnche ', vocabulary)[0]).toEqual([['tover', 1]])
    expect(asked('axalxnche ', vocabulary)[0]).toEqual([['avalanch', 0.5]])
  })
})
