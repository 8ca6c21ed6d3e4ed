import type { BelfryEvent, Emit } from '../core/events.ts'

/** Milliseconds; progress need not be painted more often, and each crossing of a thread costs the page time. */
const INTERVAL = 60

export interface BatchedEvents {
  readonly emit: Emit
  /** From now on `deliver` gets every event, in order; events from before come first. */
  deliverTo(deliver: (events: readonly BelfryEvent[]) => void): void
}

/** Collects events into batches; the answer to a search goes out at once, with what waits before it. */
export function createBatchedEvents(): BatchedEvents {
  let waiting: BelfryEvent[] = []
  let deliver: ((events: readonly BelfryEvent[]) => void) | undefined
  let timer: ReturnType<typeof setTimeout> | undefined

  function flush(): void {
    clearTimeout(timer)
    timer = undefined
    if (deliver === undefined || waiting.length === 0) return
    const events = waiting
    waiting = []
    deliver(events)
  }

  return {
    emit(event) {
      waiting.push(event)
      if (event.type === 'search-finished' || event.type === 'search-failed') flush()
      else timer ??= setTimeout(flush, INTERVAL)
    },
    deliverTo(target) {
      deliver = target
      flush()
    },
  }
}
