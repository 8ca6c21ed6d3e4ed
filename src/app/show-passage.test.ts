import { describe, expect, it } from 'vitest'
import type { PassageText } from '../core/document.ts'
import { queryTermsOf } from '../core/lexical/tokenise.ts'
import { bodyOf, showPassage } from './show-passage.ts'

const passage: PassageText = {
  start: 20,
  end: 20 + 'Storage\n\nKeep loaves in a paper bag. The fridge dries them out.'.length,
  trail: ['Bread', 'Storage'],
  text: 'Storage\n\nKeep loaves in a paper bag. The fridge dries them out.',
}
const read = (text: string, spans: readonly { start: number; end: number }[]) =>
  spans.map(({ start, end }) => text.slice(start, end))

describe('showPassage', () => {
  it('leaves out the headings that the trail says already', () => {
    expect(bodyOf(passage)).toBe('Keep loaves in a paper bag. The fridge dries them out.')
  })

  it('keeps a passage that is nothing but its heading', () => {
    expect(bodyOf({ start: 0, end: 7, trail: ['Storage'], text: 'Storage' })).toBe('Storage')
  })

  it('marks the words of the query in all their forms', () => {
    const shown = showPassage(passage, new Set(queryTermsOf('a loaf for the fridges')), undefined)
    expect(read(shown.text, shown.words)).toEqual(['fridge'])
    expect(shown.sentence).toBeUndefined()
  })

  it('marks the nearest sentence', () => {
    const nearest = { start: 28, end: 54 }
    const shown = showPassage(passage, new Set(queryTermsOf('refrigerator')), nearest)
    expect(shown.words).toEqual([])
    expect(read(shown.text, shown.sentence ? [shown.sentence] : [])).toEqual(['The fridge dries them out.'])
  })

  it('shows the nearest sentence of a long passage when no word matches', () => {
    const long = `${'Filler about nothing much. '.repeat(40)}The fridge dries bread out. ${'More filler. '.repeat(40)}`
    const whole: PassageText = { start: 0, end: long.length, trail: [], text: long }
    const start = long.indexOf('The fridge')
    const nearest = { start, end: start + 'The fridge dries bread out.'.length }
    const shown = showPassage(whole, new Set(queryTermsOf('refrigerator')), nearest)
    expect(shown.text.length).toBeLessThan(500)
    expect(read(shown.text, shown.sentence ? [shown.sentence] : [])).toEqual(['The fridge dries bread out.'])
    expect(shown.span).toEqual({ start: 0, end: long.length })
  })
})
