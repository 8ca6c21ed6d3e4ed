import type { Clock } from '../core/ports/platform.ts'

/** Decides when the next document may be taken in. */
export interface Pace {
  /** Resolves when it may. */
  turn(): Promise<void>
  /** Nothing new is begun; what is in hand is finished. */
  pause(): void
  goOn(): void
  /** Nobody looks at the page: it must not keep the device busy. */
  inBackground(is: boolean): void
  isPaused(): boolean
}

/** Longest rest between two documents in the background, in milliseconds. */
const LONGEST_REST = 1000

/** In the background adding rests after each document for as long as that took, so that half of the device stays free. */
export function createPace(clock: Clock): Pace {
  let paused = false
  let waiting: (() => void)[] = []
  let hidden = false
  let since: number | undefined

  function untilGoingOn(): Promise<void> {
    return new Promise(resolve => {
      if (paused) waiting.push(resolve)
      else resolve()
    })
  }

  return {
    async turn() {
      if (hidden && since !== undefined) {
        await clock.rest?.(Math.min(LONGEST_REST, Math.max(0, clock.now() - since)))
      }
      await untilGoingOn()
      since = clock.now()
    },
    pause() {
      paused = true
    },
    goOn() {
      paused = false
      for (const resolve of waiting) resolve()
      waiting = []
    },
    inBackground(is) {
      hidden = is
    },
    isPaused: () => paused,
  }
}
