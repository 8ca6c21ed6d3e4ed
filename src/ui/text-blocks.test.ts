import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { blockAt, textBlocks } from './text-blocks.ts'

const words = fc.array(fc.constantFrom('a', 'word ', '\n', '\n\n', '\n\n\n', 'é', '😀', 'x'.repeat(3000)))
const texts = words.map(parts => parts.join(''))

describe('text blocks', () => {
  it('are the paragraphs between blank lines', () => {
    const text = 'One\ntwo\n\nThree\n\n\n\nFour\n'
    expect(textBlocks(text).map(({ start, end }) => text.slice(start, end))).toEqual([
      'One\ntwo',
      'Three',
      'Four\n',
    ])
  })

  it('lose nothing but blank lines, in order, and are never long', () => {
    fc.assert(
      fc.property(texts, text => {
        const blocks = textBlocks(text)
        let end = 0
        for (const block of blocks) {
          expect(text.slice(end, block.start)).toMatch(/^\n*$/)
          expect(block.end).toBeGreaterThan(block.start)
          expect(block.end - block.start).toBeLessThanOrEqual(4000)
          end = block.end
        }
        expect(text.slice(end)).toMatch(/^\n*$/)
      }),
      { seed: 2 },
    )
  })

  it('never cut a character in two', () => {
    const text = `x${'😀'.repeat(5000)}`
    for (const { start, end } of textBlocks(text)) expect(text.slice(start, end).isWellFormed()).toBe(true)
  })

  it('are found by an offset as a look at each of them finds them', () => {
    fc.assert(
      fc.property(texts, fc.nat(20_000), (text, offset) => {
        const blocks = textBlocks(text)
        const slow = blocks.findLastIndex(block => block.start <= offset)
        expect(blockAt(blocks, offset)).toBe(Math.max(0, slow))
      }),
      { seed: 3 },
    )
  })
})
