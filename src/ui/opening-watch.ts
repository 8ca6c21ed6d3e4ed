import type { Opening } from '../core/interaction.ts'

/** Measures how long what was opened stays open; at most one thing is. */
export interface OpeningWatch {
  /** Ends what was open before. `undefined` opens nothing that is worth noting. */
  begin(opening: Omit<Opening, 'milliseconds'> | undefined): void
  /** Reports what is open; once, however often it is called. */
  end(): void
}

/** @param now In milliseconds, from any origin. */
export function createOpeningWatch(now: () => number, report: (opening: Opening) => void): OpeningWatch {
  let open: { readonly opening: Omit<Opening, 'milliseconds'>; readonly since: number } | undefined

  function end(): void {
    if (open === undefined) return
    const milliseconds = Math.max(0, Math.round(now() - open.since))
    report({ ...open.opening, milliseconds })
    open = undefined
  }

  return {
    begin(opening) {
      end()
      open = opening === undefined ? undefined : { opening, since: now() }
    },
    end,
  }
}
