import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import type { BelfryEvent } from '../core/events.ts'
import { createBatchedEvents } from './batched-events.ts'

beforeEach(() => {
  vi.useFakeTimers()
})
afterEach(() => {
  vi.useRealTimers()
})

const progress = (loaded: number): BelfryEvent => ({ type: 'model-progressed', loaded, total: 9 })
const failed: BelfryEvent = { type: 'search-failed', query: 'bread', message: 'no' }

function collected() {
  const batches: (readonly BelfryEvent[])[] = []
  const events = createBatchedEvents()
  events.deliverTo(batch => batches.push(batch))
  return { events, batches }
}

it('delivers what came together as one batch, in order', () => {
  const { events, batches } = collected()
  events.emit(progress(1))
  events.emit(progress(2))
  expect(batches).toEqual([])
  vi.runAllTimers()
  expect(batches).toEqual([[progress(1), progress(2)]])
})

it('delivers an answer at once, after what waits', () => {
  const { events, batches } = collected()
  events.emit(progress(1))
  events.emit(failed)
  expect(batches).toEqual([[progress(1), failed]])
  vi.runAllTimers()
  expect(batches).toHaveLength(1)
})

it('delivers each long list of files by itself', () => {
  const { events, batches } = collected()
  const queued: BelfryEvent = { type: 'files-queued', files: [{ ticket: 1, name: 'a', path: 'a' }] }
  events.emit(queued)
  events.emit(queued)
  expect(batches).toEqual([[queued], [queued]])
})

it('keeps what happens before anybody listens', () => {
  const batches: (readonly BelfryEvent[])[] = []
  const events = createBatchedEvents()
  events.emit(progress(1))
  vi.runAllTimers()
  events.deliverTo(batch => batches.push(batch))
  expect(batches).toEqual([[progress(1)]])
})
