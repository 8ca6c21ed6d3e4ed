import { createStore, type StoreApi } from 'zustand/vanilla'
import type { BelfryEvent } from '../core/events.ts'
import { type AppState, FIRST_STATE } from './app-state.ts'
import { type AppEvent, reduceAll } from './reduce.ts'
import type { UiEvent } from './ui-event.ts'

/** Reading the state, and the one way to change it. */
export interface AppStore {
  readonly getState: () => AppState
  readonly subscribe: (listener: () => void) => () => void
  /** What somebody did on the page; takes effect at once. */
  readonly tell: (event: UiEvent) => void
  /** Events of the engine, in order. Mere progress may wait a moment for more of its kind. */
  readonly receive: (events: readonly BelfryEvent[]) => void
}

export interface StoreSurroundings {
  /** Milliseconds since the epoch. */
  now(): number
  /** Runs `task` once, later. */
  later(task: () => void, milliseconds: number): void
}

/** Ten times a second is as often as a progress bar can be read, and leaves the page free while 10,000 files arrive. */
const PROGRESS_INTERVAL = 100

const PROGRESS: ReadonlySet<BelfryEvent['type']> = new Set([
  'model-progressed',
  'restore-progressed',
  'file-changed',
  'document-added',
  'evaluation-progressed',
  'transfer-progressed',
  'sync-progressed',
])

export function createAppStore(surroundings: StoreSurroundings): AppStore {
  const store: StoreApi<AppState> = createStore(() => FIRST_STATE)
  let waiting: BelfryEvent[] = []

  function apply(events: readonly AppEvent[]): void {
    store.setState(reduceAll(store.getState(), events, surroundings.now()), true)
  }

  function flush(): void {
    if (waiting.length === 0) return
    const events = waiting
    waiting = []
    apply(events)
  }

  return {
    getState: store.getState,
    subscribe: listener => store.subscribe(listener),
    tell(event) {
      flush()
      apply([event])
    },
    receive(events) {
      const first = waiting.length === 0
      for (const event of events) waiting.push(event)
      if (!events.every(event => PROGRESS.has(event.type))) flush()
      else if (first && events.length > 0) surroundings.later(flush, PROGRESS_INTERVAL)
    },
  }
}
