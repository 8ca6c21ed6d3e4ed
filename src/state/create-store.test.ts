import { describe, expect, it } from 'vitest'
import type { BelfryEvent } from '../core/events.ts'
import { createAppStore } from './create-store.ts'

const PROGRESS: BelfryEvent = { type: 'model-progressed', loaded: 1, total: 2 }
const OPENED: BelfryEvent = { type: 'library-opened', documents: [] }

function storeWithTimer() {
  const tasks: (() => void)[] = []
  const store = createAppStore({ now: () => 7, later: task => tasks.push(task) })
  let told = 0
  store.subscribe(() => told++)
  return { store, tasks, told: () => told }
}

describe('app store', () => {
  it('lets mere progress wait for more of its kind', () => {
    const { store, tasks, told } = storeWithTimer()
    store.receive([PROGRESS])
    store.receive([{ type: 'model-progressed', loaded: 2, total: 2 }])
    expect([told(), tasks.length]).toEqual([0, 1])
    tasks[0]?.()
    expect(told()).toBe(1)
    expect(store.getState().model).toMatchObject({ loaded: 2 })
  })

  it('shows everything else at once, after what waited', () => {
    const { store, told } = storeWithTimer()
    store.receive([PROGRESS])
    store.receive([OPENED])
    expect(told()).toBe(1)
    expect(store.getState()).toMatchObject({ model: { loaded: 1 }, library: { kind: 'open' } })
  })

  it('keeps the order of what happened and what somebody did', () => {
    const { store } = storeWithTimer()
    store.receive([PROGRESS])
    store.tell({ type: 'query-typed', query: 'bread' })
    expect(store.getState()).toMatchObject({ model: { loaded: 1 }, search: { query: 'bread' } })
  })

  it('does nothing when the timer finds that nothing waits any more', () => {
    const { store, tasks, told } = storeWithTimer()
    store.receive([PROGRESS])
    store.receive([OPENED])
    tasks[0]?.()
    expect(told()).toBe(1)
  })
})
