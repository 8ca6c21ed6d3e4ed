import { describe, expect, it } from 'vitest'
import { FORMATS } from './formats.ts'
import { fuzzFormat } from './fuzz-format.ts'

const INPUTS = 40

describe('a file with something wrong with it', () => {
  it.each(FORMATS)('$name is read or refused with a sentence', { timeout: 60_000 }, async format => {
    const { read, refused } = await fuzzFormat(format, 5, 0, INPUTS)
    expect(read + refused).toBe(INPUTS)
    // Mutations that no reader ever notices, or that spoil everything, try nothing.
    expect(refused).toBeGreaterThan(0)
  })
})
