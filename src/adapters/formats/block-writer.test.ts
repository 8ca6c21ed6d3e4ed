import { describe, expect, it } from 'vitest'
import { createBlockWriter } from './block-writer.ts'
import { createSheetWriter } from './sheet-writer.ts'

describe('blocks of a document', () => {
  it('are cut off where there are more letters than allowed, and that is said', () => {
    const writer = createBlockWriter(10)
    writer.add({ text: ' ' })
    writer.add({ text: 'seven..', level: 1 })
    expect(writer.isFull()).toBe(false)
    writer.add({ text: 'five.' })
    writer.add({ text: 'more' })
    expect(writer.isFull()).toBe(true)
    expect(writer.finish()).toEqual({
      blocks: [{ text: 'seven..', level: 1 }, { text: 'fiv' }],
      missing: ['Only the first 10 characters were read; the rest is left out.'],
    })
  })

  it('miss each thing once, and only so many', () => {
    const writer = createBlockWriter()
    for (let i = 0; i < 100; i++) writer.miss(`${i >> 1} is missing.`)
    const { missing } = writer.finish()
    expect(missing?.length).toBe(21)
    expect(missing?.at(-1)).toBe('Other parts could not be read either.')
  })

  it('stay within what is allowed when a row says one long text very often', () => {
    const writer = createBlockWriter(5_000_000)
    const sheet = createSheetWriter(writer, 'S', 1)
    const text = 'x'.repeat(1_000_000)
    const row = Array.from({ length: 16_384 }, (_, column) => ({ column, text, isText: true }))
    for (let i = 0; i < 20; i++) sheet.row(row)
    sheet.finish()
    const { blocks } = writer.finish()
    expect(blocks.reduce((sum, block) => sum + block.text.length, 0)).toBe(5_000_000)
    expect(Math.max(...blocks.map(block => block.text.length))).toBeLessThan(1_100_000)
  })
})
