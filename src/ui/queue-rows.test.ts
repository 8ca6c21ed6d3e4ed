import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { FileState } from '../core/events.ts'
import { NO_FILES, type QueueEntry } from '../state/app-state.ts'
import { countOf, QUEUE_FILTERS, queueRows, rowsInView } from './queue-rows.ts'

const entry = (ticket: number, state: FileState): QueueEntry => ({
  file: { ticket, name: `${ticket}.md`, path: `Notes/${ticket}.md` },
  state,
})

const ENTRIES = [
  entry(1, { kind: 'queued' }),
  entry(2, { kind: 'done', passages: 1 }),
  entry(3, { kind: 'failed', reason: 'x' }),
  entry(4, { kind: 'reading' }),
  entry(15, { kind: 'queued' }),
]

const filterCalled = (name: string) => {
  const filter = QUEUE_FILTERS.find(other => other.name === name)
  if (filter === undefined) throw new Error(`expected a filter called ${name}`)
  return filter
}

const tickets = (name: string, path = '') =>
  queueRows(ENTRIES, filterCalled(name), path).map(({ file }) => file.ticket)

describe('the rows of the queue', () => {
  it('begin with trouble, then what is in work', () => {
    expect(tickets('All')).toEqual([3, 4, 1, 15, 2])
  })

  it('are those of a state, and those with a name', () => {
    expect(tickets('In work')).toEqual([4])
    expect(tickets('Queued', 'notes/1')).toEqual([1, 15])
    expect(tickets('All', ' 15.MD ')).toEqual([15])
    expect(tickets('Skipped')).toEqual([])
  })

  it('are counted once, whatever their state', () => {
    const counts = { ...NO_FILES, queued: 2, reading: 1, embedding: 1, failed: 4 }
    const all = QUEUE_FILTERS.map(filter => countOf(counts, filter))
    expect(countOf(counts, filterCalled('In work'))).toBe(2)
    expect(all.slice(1).reduce((sum, count) => sum + count, 0)).toBe(all[0])
  })

  it('in view are all that can be seen, and few others', () => {
    const numbers = fc.tuple(fc.nat(100_000), fc.nat(5_000_000), fc.integer({ min: 1, max: 2000 }))
    fc.assert(
      fc.property(numbers, fc.integer({ min: 20, max: 90 }), ([count, scrolled, height], row) => {
        const { first, end } = rowsInView(count, { scrolled, height, row })
        for (let y = scrolled; y < scrolled + height; y += row) {
          const seen = Math.floor(y / row)
          if (seen < count) expect(first <= seen && seen < end).toBe(true)
        }
        expect(end - first).toBeLessThanOrEqual(3 * Math.ceil(height / row) + 1)
      }),
      { seed: 7 },
    )
  })
})
