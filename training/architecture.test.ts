import { describe, expect, it } from 'vitest'
import { architectureOf } from './architecture.ts'
import { RECIPE, RECURRENT } from './recipe.ts'

describe('the architecture of a run', () => {
  it('is the shipped one with a bag', () => {
    expect(architectureOf('bag', '')).toMatchObject({ body: { kind: 'bag' }, dimension: RECIPE.dimension })
  })

  it('has an embedding of the size of the recurrent state, and leaves the shipped model alone', () => {
    const { body, dimension, out } = architectureOf('gru', '96')
    expect(body).toEqual({ kind: 'gru', inputs: RECURRENT.inputs })
    expect(dimension).toBe(96)
    expect(out).not.toMatch(/^public/)
  })

  it.each([
    ['tree', '', 'expected bag or gru for --body, got tree'],
    ['bag', '64', 'expected --hidden with --body gru only, got 64'],
    ['gru', '66', 'expected a multiple of 4 for --hidden, got 66'],
    ['gru', 'wide', 'got "wide"'],
    ['gru', '0', 'got "0"'],
  ])('is refused for %s and %s', (body, hidden, sentence) => {
    expect(() => architectureOf(body, hidden)).toThrow(sentence)
  })
})
