import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createRandom } from '../training/random.ts'
import { exactLikeness } from './exact-likeness.suite.ts'
import { shingleHashes } from './shingles.ts'
import { FEWEST_SHINGLES, likenessOf, SKETCH, sketchOf } from './sketch.ts'

const WORDS = Array.from({ length: 400 }, (_, i) => `word${i}`)

function textOf(seed: number, length: number): string[] {
  const random = createRandom(seed)
  return Array.from({ length }, () => WORDS[random.below(WORDS.length)] ?? '')
}

/** The words, of which about `share` are others. */
function edited(words: readonly string[], share: number, seed: number): string[] {
  const random = createRandom(seed)
  return words.map(word => (random.next() < share ? `other${random.below(1e6)}` : word))
}

function expectSketch(text: string): Uint8Array<ArrayBuffer> {
  const sketch = sketchOf(text)
  if (sketch === undefined) throw new Error(`expected a sketch of ${text.slice(0, 40)}, got none`)
  return sketch
}

function estimate(one: string, other: string): number {
  return likenessOf(expectSketch(one), expectSketch(other))
}

describe('the likeness of two sketches', () => {
  it('is about the share of shingles that the texts have in common', () => {
    const length = fc.integer({ min: 60, max: 600 })
    const share = fc.double({ min: 0, max: 0.4, noNaN: true })
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 1e6 }), length, share, (seed, length, share) => {
        const words = textOf(seed, length)
        const [one, other] = [words.join(' '), edited(words, share, seed + 1).join(' ')]
        // Five deviations of a mean of 120.
        expect(Math.abs(estimate(one, other) - exactLikeness(one, other))).toBeLessThan(0.23)
      }),
      { seed: 11, numRuns: 150 },
    )
  })

  it('is right on the average', () => {
    let [sum, exact] = [0, 0]
    for (let seed = 1; seed <= 200; seed++) {
      const words = textOf(seed, 200)
      const [one, other] = [words.join(' '), edited(words, 0.06, seed + 1000).join(' ')]
      sum += estimate(one, other)
      exact += exactLikeness(one, other)
    }
    expect(Math.abs(sum - exact) / 200).toBeLessThan(0.01)
  })

  it('is 1 for the same words, however they are set', () => {
    const words = textOf(3, 90)
    const quoted = words.map((word, i) => (i % 9 === 0 ? `\n> ${word.toUpperCase()}` : `${word},`)).join(' ')
    expect(estimate(words.join(' '), quoted)).toBe(1)
  })

  it('is about 0 for texts that have nothing in common', () => {
    expect(estimate(textOf(5, 300).join(' '), textOf(6, 300).join(' '))).toBeLessThan(0.06)
  })
})

describe('sketchOf', () => {
  it('says nothing of a text with too few different shingles', () => {
    const words = textOf(8, FEWEST_SHINGLES + 1)
    expect(sketchOf(words.join(' '))).toBeUndefined()
    expect(sketchOf('la la la '.repeat(100))).toBeUndefined()
    expect(sketchOf([...words, 'one', 'more'].join(' '))).toHaveLength(SKETCH)
  })
})

describe('shingleHashes', () => {
  it('takes the characters of scripts without spaces for words', () => {
    const [one, other] = ['面包放在纸袋里可以保存三天', '面包放在纸袋里可以保存五天']
    expect(shingleHashes(one)).toHaveLength(one.length - 2)
    expect(exactLikeness(one, other)).toBeCloseTo(9 / 13)
    expect(shingleHashes('ขนมปังเก็บไว้').length).toBeGreaterThan(5)
  })

  it('gives a text of one or two words one, and an empty one none', () => {
    expect(shingleHashes('bread')).toHaveLength(1)
    expect(shingleHashes('Bread, fresh!')).toEqual(shingleHashes('bread fresh'))
    expect(shingleHashes(' – ')).toHaveLength(0)
  })
})
