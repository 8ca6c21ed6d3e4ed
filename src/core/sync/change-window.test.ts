import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { RecordFilter } from '../ports/vector-server.ts'
import {
  bucketOf,
  BUCKETS,
  type ChangeWindow,
  filterOf,
  secondsOf,
  splitWindow,
  windowAfter,
} from './change-window.ts'

interface Row {
  readonly _t: number
  readonly _b: number
}

const row = fc.record({ _t: fc.integer({ min: 0, max: 40 }), _b: fc.integer({ min: 0, max: BUCKETS - 1 }) })

function fulfils(row: Row, filter: RecordFilter): boolean {
  if ('all' in filter) return filter.all.every(one => fulfils(row, one))
  if ('above' in filter) return row[filter.key as keyof Row] > filter.above
  if ('atMost' in filter) return row[filter.key as keyof Row] <= filter.atMost
  throw new Error('expected above or atMost')
}

/** The rows of a window where an answer has room for `page`. */
function list(rows: readonly Row[], window: ChangeWindow, page: number): Row[] {
  const found = rows.filter(row => fulfils(row, filterOf(window))).slice(0, page)
  if (found.length < page) return found
  const times = found.map(({ _t }) => _t)
  return splitWindow(window, times).flatMap(half => list(rows, half, page))
}

describe('a window', () => {
  it('that is split as often as needed shows every change once', () => {
    const rows = fc.uniqueArray(row, { maxLength: 300, selector: ({ _t, _b }) => `${_t} ${_b}` })
    fc.assert(
      fc.property(
        rows,
        fc.integer({ min: -1, max: 41 }),
        fc.integer({ min: 2, max: 20 }),
        (all, after, page) => {
          const found = list(all, windowAfter(after), page)
          expect(found).toHaveLength(new Set(found).size)
          expect(new Set(found)).toEqual(new Set(all.filter(({ _t }) => _t > after)))
        },
      ),
      { seed: 6 },
    )
  })

  it('of a whole library in one second is split by bucket', () => {
    const rows = Array.from({ length: BUCKETS }, (_, _b) => ({ _t: 7, _b }))
    expect(list(rows, windowAfter(-1), 5)).toHaveLength(BUCKETS)
  })

  it('of one second and one bucket is not split', () => {
    const window = { after: 6, until: 7, first: 3, end: 4 }
    expect(() => splitWindow(window, [7, 7])).toThrow('expected fewer documents of one second')
  })

  it('asks four things at most, all of them below 2³¹', () => {
    const filter = filterOf({ after: 6, until: 7, first: 3, end: 4 })
    expect('all' in filter && filter.all).toHaveLength(4)
    expect(filterOf(windowAfter(-1))).toEqual({ all: [{ key: '_t', above: -1 }] })
  })
})

describe('the time of a push', () => {
  it('is whole seconds that fit 31 bits', () => {
    expect(secondsOf(Date.UTC(2020, 0))).toBe(0)
    expect(secondsOf(Date.UTC(2026, 10, 20) + 999)).toBe((Date.UTC(2026, 10, 20) - Date.UTC(2020, 0)) / 1000)
    expect(secondsOf(0)).toBe(0)
    expect(secondsOf(Date.UTC(2200, 0))).toBe(2 ** 31 - 1)
  })
})

describe('a bucket', () => {
  it('is the first ten bits of the id', () => {
    expect([bucketOf('000'), bucketOf('004f'), bucketOf('fff')]).toEqual([0, 1, BUCKETS - 1])
  })
})
