import { describe, expect, it } from 'vitest'
import { groupByDocument } from './group.ts'

const documentOf = (key: number) => (key >= 100 ? undefined : `document ${Math.floor(key / 10)}`)

describe('groupByDocument', () => {
  it('orders documents by their best passage', () => {
    expect(groupByDocument(Uint32Array.of(21, 5, 23, 11), documentOf)).toEqual([
      { document: 'document 2', ranks: [0, 2] },
      { document: 'document 0', ranks: [1] },
      { document: 'document 1', ranks: [3] },
    ])
  })

  it('keeps the best three passages of each', () => {
    const [group] = groupByDocument(Uint32Array.of(4, 3, 9, 1, 0), documentOf)
    expect(group).toEqual({ document: 'document 0', ranks: [0, 1, 2] })
  })

  it('leaves passages without a document out', () => {
    expect(groupByDocument(Uint32Array.of(100, 1), documentOf)).toEqual([
      { document: 'document 0', ranks: [1] },
    ])
  })
})
