import type { Emit, FileState, Ticket } from '../core/events.ts'
import type { Encoder, SourceFile } from '../core/ports.ts'
import type { CancelSignal } from './embed.ts'
import { ingest, type IngestPorts, type Job } from './ingest.ts'
import type { WaitingNotes } from './waiting-notes.ts'

/** The files that wait to be taken in; at most one run of `ingest` works on them. */
export interface AddingQueue {
  add(files: readonly SourceFile[]): void
  retry(ticket: Ticket): void
  /** Resolves when the file in hand has been let go, too. */
  cancel(): Promise<void>
  /** Called when there may be something to do that was not possible before. */
  work(): void
}

export interface AddingQueuePorts extends Omit<IngestPorts, 'encoder'> {
  /** Files wait until there is one. */
  readonly encoder: () => Encoder | undefined
  readonly notes: WaitingNotes
  /** After each run. */
  readonly ended: () => void
}

const UNSETTLED: ReadonlySet<FileState['kind']> = new Set(['queued', 'reading', 'embedding'])

export function createAddingQueue(ports: AddingQueuePorts, told: Emit): AddingQueue {
  const jobs = new Map<Ticket, Job>()
  const queue: Job[] = []
  let nextTicket: Ticket = 1
  let running: { readonly signal: { aborted: boolean }; readonly ended: Promise<void> } | undefined

  const emit: Emit = event => {
    told(event)
    if (event.type === 'file-changed' && !UNSETTLED.has(event.state.kind)) ports.notes.settled(event.ticket)
  }

  function work(): void {
    const encoder = ports.encoder()
    if (encoder === undefined || running !== undefined || queue.length === 0) return
    const signal = { aborted: false }
    running = { signal, ended: run(encoder, signal) }
  }

  async function run(encoder: Encoder, signal: CancelSignal): Promise<void> {
    await ingest(queue, { ...ports, encoder }, emit, signal)
    running = undefined
    emit({ type: 'ingest-finished' })
    ports.ended()
    work()
  }

  return {
    work,
    add(files) {
      const added = files.map(file => ({ ticket: nextTicket++, file }))
      for (const job of added) jobs.set(job.ticket, job)
      queue.push(...added)
      ports.notes.added(added)
      emit({
        type: 'files-queued',
        files: added.map(({ ticket, file }) => ({ ticket, name: file.name, path: file.path })),
      })
      work()
    },
    retry(ticket) {
      const job = jobs.get(ticket)
      if (job === undefined || queue.includes(job)) return
      emit({ type: 'file-changed', ticket, state: { kind: 'queued' } })
      queue.push(job)
      ports.notes.added([job])
      work()
    },
    async cancel() {
      for (const { ticket } of queue.splice(0)) {
        emit({ type: 'file-changed', ticket, state: { kind: 'cancelled' } })
      }
      if (running === undefined) return
      running.signal.aborted = true
      await running.ended
    },
  }
}
