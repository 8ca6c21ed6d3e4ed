import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { countPieces, packBatch, planBatches, SHORT } from './batching.ts'

describe('countPieces', () => {
  it('joins equal pieces and counts them', () => {
    expect(countPieces([7, 3, 7, 7], 'counts')).toEqual({ ids: [7, 3], counts: [3, 1] })
  })

  it('leaves a sequence as it is', () => {
    expect(countPieces([7, 3, 7], 'sequence')).toEqual({ ids: [7, 3, 7], counts: [1, 1, 1] })
  })
})

describe('packBatch', () => {
  it('pads behind the shorter texts and masks the padding', () => {
    const { ids, mask, rows, length } = packBatch(
      [[5, 6, 7], [8], []].map(text => countPieces(text, 'sequence')),
    )
    expect([rows, length]).toEqual([3, 3])
    expect([...ids]).toEqual([5n, 6n, 7n, 8n, 0n, 0n, 0n, 0n, 0n])
    expect([...mask]).toEqual([1n, 1n, 1n, 1n, 0n, 0n, 0n, 0n, 0n])
  })

  it('gives a batch of empty texts one column', () => {
    expect(packBatch([[], []].map(text => countPieces(text, 'counts')))).toMatchObject({ rows: 2, length: 1 })
  })
})

describe('planBatches', () => {
  const lengthLists = fc.array(fc.nat({ max: 300 }), { maxLength: 200 })
  const limits = { rows: 16, cells: 1024 }

  it('puts every text into exactly one batch', () => {
    fc.assert(
      fc.property(lengthLists, lengths => {
        const planned = planBatches(lengths, limits).flat()
        expect(planned.toSorted((a, b) => a - b)).toEqual(lengths.map((_, i) => i))
      }),
    )
  })

  it('keeps batches within the limits and padding within bounds', () => {
    fc.assert(
      fc.property(lengthLists, lengths => {
        for (const batch of planBatches(lengths, limits)) {
          const sizes = batch.map(text => lengths[text] ?? 0)
          const [longest, shortest] = [Math.max(...sizes), Math.min(...sizes)]
          expect(batch.length).toBeLessThanOrEqual(limits.rows)
          if (batch.length > 1) expect(batch.length * longest).toBeLessThanOrEqual(limits.cells)
          expect(longest).toBeLessThanOrEqual(Math.max(2 * shortest, shortest + SHORT))
        }
      }),
    )
  })

  it('gives one long text a batch of its own', () => {
    expect(planBatches([5000], limits)).toEqual([[0]])
  })
})
