import type { BelfryEvent, Emit } from '../core/events.ts'

/** Milliseconds; progress need not be painted more often, and each crossing of a thread costs the page time. */
const INTERVAL = 60

export interface BatchedEvents {
  readonly emit: Emit
  /** From now on `deliver` gets every event, in order; events from before come first. */
  deliverTo(deliver: (events: readonly BelfryEvent[]) => void): void
}

/** Somebody waits for an answer; and a list of a thousand files is a batch by itself. */
const AT_ONCE: ReadonlySet<BelfryEvent['type']> = new Set([
  'search-finished',
  'search-failed',
  'files-queued',
])

/** Collects events into batches; some go out at once, with what waits before them. */
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
      if (AT_ONCE.has(event.type)) flush()
      else timer ??= setTimeout(flush, INTERVAL)
    },
    deliverTo(target) {
      deliver = target
      flush()
    },
  }
}
