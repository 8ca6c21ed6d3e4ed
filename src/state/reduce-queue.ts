import type { FileState, QueuedFile, Ticket } from '../core/events.ts'
import { EMPTY_QUEUE, type FileCounts, type Queue } from './app-state.ts'
import type { Batch } from './batch.ts'

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
  let passages = from.passages
  for (const file of files) {
    const old = entries.get(file.ticket)
    if (old !== undefined) {
      counts[old.state.kind]--
      passages -= passagesOf(old.state)
    }
    counts.queued++
    entries.set(file.ticket, { file, state: { kind: 'queued' } })
  }
  return measured({ ...from, entries, counts, passages }, batch)
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
  return measured({ ...queue, entries, counts, passages }, batch)
}

/** Adding runs while there is a file that needs work. The pace is measured from the moment it began to. */
function measured(queue: Queue, { at }: Batch): Queue {
  const settled = settledFiles(queue.counts)
  const running = settled < queue.entries.size
  if (!running || queue.running) return { ...queue, running, measuredAt: at }
  const before = { passages: queue.passages, settled }
  return { ...queue, running, measuredAt: at, startedAt: at, before, summaryDismissed: false }
}

function passagesOf(state: FileState): number {
  if (state.kind === 'embedding') return state.done
  return state.kind === 'done' ? state.passages : 0
}
