import { describe, expect, it } from 'vitest'
import { FORMATS } from './formats.ts'
import { fuzzFormat } from './fuzz-format.ts'

const INPUTS = 15
/** Of these nothing is left when they are damaged; text with something wrong in it is text. */
const FRAGILE = /\.(?:docx|pptx|xlsx|od[tsp]|epub|pdf)$/

describe('a file with something wrong with it', () => {
  it.each(FORMATS)('$name is read or refused with a sentence', { timeout: 60_000 }, async format => {
    const { read, refused } = await fuzzFormat(format, 5, 0, INPUTS)
    expect(read + refused).toBe(INPUTS)
    // Mutations that no reader ever notices, or that spoil everything, try nothing.
    if (FRAGILE.test(format.name)) expect(refused).toBeGreaterThan(0)
  })
})
