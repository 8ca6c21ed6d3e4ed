import { describe, expect, it } from 'vitest'
import type { Passage } from '../core/document.ts'
import { passageText, showPassage } from './show-passage.ts'

const TEXT = '# not a heading\n\nStorage\n\nKeep loaves in a paper bag. The fridge dries them out.'
const passage: Passage = { start: TEXT.indexOf('Storage'), end: TEXT.length, trail: ['Bread', 'Storage'] }
const contents = { text: TEXT, passages: [passage] }
const read = (text: string, spans: readonly { start: number; end: number }[]) =>
  spans.map(({ start, end }) => text.slice(start, end))

describe('showPassage', () => {
  it('leaves out the headings that the trail says already', () => {
    expect(passageText(contents, passage)).toBe('Keep loaves in a paper bag. The fridge dries them out.')
  })

  it('keeps a passage that is nothing but its heading', () => {
    const bare: Passage = { start: passage.start, end: passage.start + 'Storage'.length, trail: ['Storage'] }
    expect(passageText(contents, bare)).toBe('Storage')
  })

  it('marks the words of the query in all their forms', () => {
    const shown = showPassage(contents, passage, 'a loaf for the fridges', undefined)
    expect(read(shown.text, shown.words)).toEqual(['fridge'])
    expect(shown.sentence).toBeUndefined()
  })

  it('marks the nearest sentence', () => {
    const nearest = { start: 28, end: 54 }
    const shown = showPassage(contents, passage, 'refrigerator', nearest)
    expect(shown.words).toEqual([])
    expect(read(shown.text, shown.sentence ? [shown.sentence] : [])).toEqual(['The fridge dries them out.'])
  })

  it('shows the nearest sentence of a long passage when no word matches', () => {
    const long = `${'Filler about nothing much. '.repeat(40)}The fridge dries bread out. ${'More filler. '.repeat(40)}`
    const whole: Passage = { start: 0, end: long.length, trail: [] }
    const start = long.indexOf('The fridge')
    const nearest = { start, end: start + 'The fridge dries bread out.'.length }
    const shown = showPassage({ text: long, passages: [whole] }, whole, 'refrigerator', nearest)
    expect(shown.text.length).toBeLessThan(500)
    expect(read(shown.text, shown.sentence ? [shown.sentence] : [])).toEqual(['The fridge dries bread out.'])
    expect(shown.span).toEqual({ start: 0, end: long.length })
  })
})
