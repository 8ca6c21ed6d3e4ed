import type { FileState, QueuedFile, Ticket } from '../core/events.ts'
import { EMPTY_QUEUE, type FileCounts, type Queue } from './app-state.ts'
import type { Batch } from './batch.ts'

const SETTLED: ReadonlySet<FileState['kind']> = new Set(['done', 'partly', 'skipped', 'failed', 'cancelled'])

export function isSettled(state: FileState): boolean {
  return SETTLED.has(state.kind)
}

/** How many files need no more work. */
export function settledFiles(counts: FileCounts): number {
  return counts.done + counts.partly + counts.skipped + counts.failed + counts.cancelled
}

/** Files that arrive while others are being added join them; afterwards they begin a new list. */
export function enqueue(queue: Queue, files: readonly QueuedFile[], batch: Batch): Queue {
  if (files.length === 0) return queue
  const goesOn = queue.running || files.some(file => queue.entries.has(file.ticket))
  const from = goesOn ? queue : EMPTY_QUEUE
  const entries = batch.own(from.entries)
  const counts = { ...from.counts }
  for (const file of files) {
    const old = entries.get(file.ticket)
    if (old !== undefined) counts[old.state.kind]--
    counts.queued++
    entries.set(file.ticket, { file, state: { kind: 'queued' } })
  }
  return resume({ ...from, entries, counts, measuredAt: batch.at }, queue.running, batch.at)
}

export function changeFile(queue: Queue, ticket: Ticket, state: FileState, batch: Batch): Queue {
  const old = queue.entries.get(ticket)
  if (old === undefined) return queue
  const entries = batch.own(queue.entries)
  entries.set(ticket, { file: old.file, state })
  const counts = { ...queue.counts }
  counts[old.state.kind]--
  counts[state.kind]++
  const passages = queue.passages + passagesOf(state) - passagesOf(old.state)
  const changed = { ...queue, entries, counts, passages, measuredAt: batch.at }
  return isSettled(state) ? changed : resume(changed, queue.running, batch.at)
}

export function finishQueue(queue: Queue, batch: Batch): Queue {
  return { ...queue, running: false, measuredAt: batch.at }
}

/** A pace is measured from here on when nothing was running before. */
function resume(queue: Queue, wasRunning: boolean, at: number): Queue {
  if (wasRunning) return queue
  const before = { passages: queue.passages, settled: settledFiles(queue.counts) }
  return { ...queue, running: true, startedAt: at, before, summaryDismissed: false }
}

function passagesOf(state: FileState): number {
  if (state.kind === 'embedding') return state.done
  return state.kind === 'done' ? state.passages : 0
}
