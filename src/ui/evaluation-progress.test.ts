import { describe, expect, it } from 'vitest'
import { evaluationPart } from './evaluation-progress.ts'

describe('evaluationPart', () => {
  it('never goes back from one step to the next', () => {
    const steps = ['reading', 'encoding', 'indexing', 'searching'] as const
    const parts = steps.flatMap(step =>
      [0, 1, 2, 3].map(done => evaluationPart({ set: 's', step, done, total: 3 })),
    )
    expect(parts).toEqual(parts.toSorted((a, b) => a - b))
    expect([parts[0], parts.at(-1)]).toEqual([0, 100])
  })

  it('stands at the beginning of a step while its size is unknown', () => {
    expect(evaluationPart({ set: 's', step: 'encoding', done: 0, total: 0 })).toBe(10)
  })
})
