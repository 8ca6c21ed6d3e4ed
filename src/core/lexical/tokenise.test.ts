import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { phraseWordsOf, queryTermsOf, termOf, termsOf, wordSpans } from './tokenise.ts'

describe('termsOf', () => {
  it.each([
    ['Tower, tower; TOWER', ['tower', 'tower', 'tower']],
    ['café CAFE\u0301 Straße Ærø', ['cafe', 'cafe', 'strass', 'aero']],
    ['ﬁne ｆｕｌｌ ①', ['fine', 'full', '1']],
    ['İstanbul ISTANBUL', ['istanbul', 'istanbul']],
    ['λόγος ΛΌΓΟΣ', ['λογοσ', 'λογοσ']],
    ['COVID-19 v1.2 snake_case', ['covid', '19', 'v1', '2', 'snak', 'case']],
    ['co\u00adoperate', ['cooperat']],
    ["don't can’t", ['dont', 'cant']],
    ["the dog's l'homme O'Brien 'quoted'", ['the', 'dog', 'l', 'homm', 'o', 'brien', 'quot']],
    ['½ cup', ['1', '2', 'cup']],
    ['', []],
    ['… — !', []],
  ])('reads %j', (text, terms) => {
    expect(termsOf(text)).toEqual(terms)
  })

  it('yields characters and pairs where a script has no spaces', () => {
    expect(termsOf('鐘樓 is')).toEqual(['鐘', '鐘樓', '樓', 'is'])
    expect(termsOf('iPhone手机2023年')).toEqual(['iphon', '手', '手机', '机', '2023', '年'])
    expect(termsOf('ｶﾞｽ')).toEqual(termsOf('ガス'))
  })

  it('cuts scripts without spaces into words where their syllables say little', () => {
    expect(termsOf('ฉันกินข้าวที่ร้านอาหาร')).toEqual(['ฉัน', 'กิน', 'ข้าว', 'ที่', 'ร้าน', 'อาหาร'])
    expect(termsOf('ภาษาไทยabc')).toEqual(['ภาษา', 'ไทย', 'abc'])
  })

  it('takes off the endings of the language that the text is in', () => {
    expect(termsOf('Glocken und Türme', 'de')).toEqual(['glock', 'und', 'turm'])
    expect(termsOf('towers', 'unknown')).toEqual(['towers'])
  })

  it('keeps the vowel signs of Indic scripts and drops the points of Hebrew', () => {
    expect(termsOf('हिन्दी')).toEqual(['हिन्दी'])
    expect(termsOf('שָׁלוֹם')).toEqual(termsOf('שלום'))
  })

  it('cuts what is too long to be a word', () => {
    expect(termsOf('q'.repeat(5000))[0]?.length).toBe(64)
    const marked = `か${'\u3099\u0e31'.repeat(5000)}`
    expect(Math.max(...termsOf(marked + marked).map(({ length }) => length))).toBe(64)
  })

  it.each([
    ['bells', 'bell'],
    ['studies studied studying', 'study'],
    ['boxes', 'box'],
    ['glass', 'glass'],
    ['virus viruses', 'virus'],
    ['planned planning', 'plan'],
    ['calling called', 'call'],
    ['causes caused causing', 'cause'],
    ['indexing indexed indexes', 'index'],
  ])('brings %j together with %j', (forms, word) => {
    expect(new Set(termsOf(forms))).toEqual(new Set(termsOf(word)))
  })

  it.each(['string', 'thing', 'spring', 'need', 'speed', 'red', 'bus', 'analysis'])(
    'leaves %j alone',
    word => {
      expect(termsOf(word)).toEqual([word])
    },
  )
})

describe('wordSpans', () => {
  it('points at the words as they are written, and counts them', () => {
    const text = 'The dog’s CAFÉS — 鐘樓 bell'
    const marked = wordSpans(text).map(({ word, start, end, position }) => [
      word,
      text.slice(start, end),
      position,
    ])
    expect(marked).toEqual([
      ['the', 'The', 0],
      ['dog', 'dog’s', 1],
      ['cafes', 'CAFÉS', 2],
      ['鐘', '鐘', 3],
      ['鐘樓', '鐘樓', 3],
      ['樓', '樓', 4],
      ['bell', 'bell', 5],
    ])
  })

  it('yields the terms of termsOf, inside the text and in order, whatever the text', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), text => {
        const spans = wordSpans(text)
        expect(spans.map(({ word }) => termOf(word, 'en'))).toEqual(termsOf(text))
        let last = 0
        for (const { word, start, end } of spans) {
          expect(word).not.toBe('')
          expect(start).toBeLessThan(end)
          expect(end).toBeLessThanOrEqual(text.length)
          expect(end).toBeGreaterThanOrEqual(last)
          last = end
        }
      }),
      { seed: 7, numRuns: 2000 },
    )
  })

  it('does not mind how accents are composed', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), text => {
        expect(termsOf(text.normalize('NFD'))).toEqual(termsOf(text.normalize('NFC')))
      }),
      { seed: 8, numRuns: 2000 },
    )
  })
})

describe('queryTermsOf', () => {
  it('leaves stop words out', () => {
    expect(queryTermsOf('what is the bell of the tower')).toEqual(['bell', 'tower'])
  })

  it('keeps stop words when there is nothing else', () => {
    expect(queryTermsOf('to be or not to be')).toEqual(['to', 'be', 'or', 'not', 'to', 'be'])
  })

  it('asks for pairs, and for single characters only where they stand alone', () => {
    expect(queryTermsOf('鐘樓')).toEqual(['鐘樓'])
    expect(queryTermsOf('鐘 樓')).toEqual(['鐘', '樓'])
  })
})

describe('phraseWordsOf', () => {
  it('keeps stop words and their places', () => {
    const words = phraseWordsOf('bell of the tower').map(({ word, position }) => [word, position])
    expect(words).toEqual([
      ['bell', 0],
      ['of', 1],
      ['the', 2],
      ['tower', 3],
    ])
  })

  it('asks for each pair at the place of its first character', () => {
    const words = phraseWordsOf('鐘樓上').map(({ word, position }) => [word, position])
    expect(words).toEqual([
      ['鐘樓', 0],
      ['樓上', 1],
    ])
  })
})
