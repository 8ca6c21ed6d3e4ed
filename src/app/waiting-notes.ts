import type { Ticket } from '../core/events.ts'
import type { Tabs, WaitingFiles } from '../core/ports.ts'
import type { Job } from './ingest.ts'

/** Notes which files this tab has still to take in. Nothing waits for a note, and a note that fails is nobody's news. */
export interface WaitingNotes {
  added(jobs: readonly Job[]): void
  settled(ticket: Ticket): void
}

export interface WaitingPorts {
  readonly tabs: Pick<Tabs, 'id' | 'living'>
  readonly waiting: WaitingFiles
}

export function createWaitingNotes({ tabs, waiting }: WaitingPorts): WaitingNotes {
  let settled: Ticket[] = []
  let last: Promise<unknown> = Promise.resolve()

  function next(write: () => Promise<unknown>): void {
    last = last.then(write).catch(() => undefined)
  }

  return {
    added(jobs) {
      const files = jobs.map(({ ticket, file }) => ({
        ticket,
        path: file.path,
        bytes: file.blob.size,
        modifiedAt: file.modifiedAt,
      }))
      next(async () => {
        // A note of a tab that does not yet count as living would be taken for one of the dead.
        await tabs.living()
        await waiting.note(tabs.id, files)
      })
    },
    settled(ticket) {
      settled.push(ticket)
      // Files that settle while a note is written share the next one.
      if (settled.length > 1) return
      next(async () => {
        const tickets = settled
        settled = []
        await waiting.settle(tabs.id, tickets)
      })
    },
  }
}
