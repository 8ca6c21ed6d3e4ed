import { describe, expect, it } from 'vitest'
import type { Tokenizer } from '../src/core/model/word-piece.ts'
import { createRandom } from '../src/core/training/random.ts'
import { pretrain } from './pretrain.ts'
import { RECIPE } from './recipe.ts'

/** A piece is a letter. */
const TOKENIZER: Tokenizer = {
  vocabularySize: 26,
  encode: (text, maxTokens) => Int32Array.from(text.slice(0, maxTokens), letter => letter.charCodeAt(0) - 97),
}

const TEXTS = Array.from({ length: 300 }, (_, i) => (i % 2 === 0 ? 'abcdabdc' : 'wxyzwzyx'))

function learn(seed: number): ReturnType<typeof pretrain> {
  return pretrain(TOKENIZER, TEXTS, {
    threads: 1,
    epochs: 2,
    random: createRandom(seed),
    say: () => undefined,
  })
}

describe('the first stage', () => {
  it('counts the pieces of all texts and gives vectors to those that stand there', async () => {
    const { rows, counts } = await learn(1)
    expect(counts.reduce((sum, count) => sum + count, 0)).toBe(2400)
    expect([counts[0], counts[4], counts[25]]).toEqual([300, 0, 300])
    expect(rows).toHaveLength(26 * RECIPE.dimension)
    expect(rows.every(Number.isFinite)).toBe(true)
  })

  it('depends on the seed alone', async () => {
    const [one, two, other] = [await learn(1), await learn(1), await learn(2)]
    expect(two.rows).toEqual(one.rows)
    expect(other.rows).not.toEqual(one.rows)
  })
})
