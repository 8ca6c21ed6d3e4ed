import type { Emit, FileState, Ticket } from '../core/events.ts'
import type { Encoder } from '../core/ports/encoder.ts'
import type { SourceFile } from '../core/ports/files.ts'
import type { Adding } from './adding-api.ts'
import type { CancelSignal } from './embed.ts'
import { ingest, type IngestPorts, type Job } from './ingest.ts'
import type { Inherited, Journal } from './journal.ts'
import { createPace } from './pace.ts'
import { createWaitingLine } from './waiting-line.ts'

/** The files that wait to be taken in; at most one run of `ingest` works on them. */
export interface AddingQueue {
  /** `cancelAdding` resolves when the file in hand has been let go, too. */
  readonly commands: Adding
  /** Called when there may be something to do that was not possible before. */
  work(): void
  /** Goes on with what tabs that have ended had still to take in. Never rejects. */
  inherit(): Promise<void>
}

export interface AddingQueuePorts extends Omit<IngestPorts, 'encoder' | 'begin' | 'turn' | 'isPaused'> {
  /** Files wait until there is one. */
  readonly encoder: () => Encoder | undefined
  readonly journal: Journal
  /** These wait from now on, added here or inherited. */
  readonly added: (files: readonly SourceFile[]) => void
  /** After each run. */
  readonly ended: () => void
}

const UNSETTLED: ReadonlySet<FileState['kind']> = new Set(['queued', 'reading', 'embedding'])

/** Files in one event: the page takes some milliseconds for each. */
const ANNOUNCED = 1000

/** How often a tab may end while it reads a file, before the file is left alone. */
const MOST_TRIES = 2

export function createAddingQueue(ports: AddingQueuePorts, told: Emit): AddingQueue {
  const { journal, clock } = ports
  /** Those that wait, the one in hand, and those that may be tried again. */
  const jobs = new Map<Ticket, Job>()
  const failed = new Set<Ticket>()
  const line = createWaitingLine()
  const pace = createPace(clock)
  let nextTicket: Ticket = 1
  let running: { readonly signal: { aborted: boolean }; readonly ended: Promise<void> } | undefined
  let inheriting: Promise<void> = Promise.resolve()

  const emit: Emit = event => {
    told(event)
    if (event.type === 'file-changed' && !UNSETTLED.has(event.state.kind)) settled(event.ticket, event.state)
  }

  function settled(ticket: Ticket, state: FileState): void {
    if (state.kind === 'failed') failed.add(ticket)
    else jobs.delete(ticket)
    // A newer Belfry goes on with what this one could not store.
    if (state.kind !== 'failed' || state.code !== 'NewerBelfry') journal.settled(ticket)
  }

  function work(): void {
    const encoder = ports.encoder()
    if (encoder === undefined || running !== undefined || line.size() === 0) return
    // What somebody begins to read ahead counts as begun.
    if (pace.isPaused()) return
    const signal = { aborted: false }
    running = { signal, ended: run(encoder, signal) }
  }

  async function run(encoder: Encoder, signal: CancelSignal): Promise<void> {
    await ingest(line, { ...ports, encoder, begin, turn: pace.turn, isPaused: pace.isPaused }, emit, signal)
    running = undefined
    emit({ type: 'ingest-finished' })
    // What is added next was not meant by it.
    if (line.size() === 0) goOn()
    ports.ended()
    work()
  }

  async function begin(job: Job): Promise<SourceFile> {
    const file = await journal.begin(job)
    // It can be read again after the journal has dropped it.
    if (jobs.has(job.ticket)) jobs.set(job.ticket, { ...job, file })
    return file
  }

  function announce(added: readonly Job[]): void {
    ports.added(added.map(({ file }) => file))
    const files = added.map(({ ticket, file }) => ({ ticket, name: file.name, path: file.path }))
    for (let start = 0; start < files.length; start += ANNOUNCED) {
      emit({ type: 'files-queued', files: files.slice(start, start + ANNOUNCED) })
    }
  }

  function retry(tickets: readonly Ticket[]): void {
    const again = tickets.flatMap(ticket => (failed.delete(ticket) ? (jobs.get(ticket) ?? []) : []))
    if (again.length === 0) return
    for (const { ticket } of again) emit({ type: 'file-changed', ticket, state: { kind: 'queued' } })
    journal.added(line.push(again))
    work()
  }

  function goOn(): void {
    if (!pace.isPaused()) return
    pace.goOn()
    journal.paused(false)
    emit({ type: 'adding-paused', paused: false })
  }

  function pause(): void {
    pace.pause()
    journal.paused(true)
    emit({ type: 'adding-paused', paused: true })
  }

  async function inherit(): Promise<void> {
    const inherited = await journal.inherit(() => nextTicket++)
    if (inherited.length === 0) return
    for (const job of inherited) jobs.set(job.ticket, job)
    announce(inherited)
    // Who is adding here has paused nothing.
    const isIdle = running === undefined && line.size() === 0
    if (isIdle && inherited.some(({ wasPaused }) => wasPaused)) pause()
    const tries = (fits: (count: number) => boolean) => inherited.filter(job => fits(job.tries))
    line.append(tries(count => count === 0))
    // Everything else is safe before one of these brings the tab down again.
    line.append(tries(count => count > 0 && count < MOST_TRIES))
    for (const job of tries(count => count >= MOST_TRIES)) await leaveAlone(job)
    work()
  }

  async function leaveAlone({ ticket, file }: Inherited): Promise<void> {
    const readable = await journal.fetch({ ticket, file }).catch(() => file)
    jobs.set(ticket, { ticket, file: readable })
    const reason = `Belfry ended ${MOST_TRIES} times while it read “${file.name}”, so it was left out. It can be tried again.`
    emit({ type: 'file-changed', ticket, state: { kind: 'failed', reason, code: 'UnreadableFile' } })
  }

  const commands: Adding = {
    async add(files) {
      const added = files.map(file => ({ ticket: nextTicket++, file }))
      for (const job of added) jobs.set(job.ticket, job)
      announce(added)
      journal.added(line.push(added))
      work()
    },
    async cancelAdding() {
      for (const { ticket } of line.splice(0)) {
        emit({ type: 'file-changed', ticket, state: { kind: 'cancelled' } })
      }
      if (running !== undefined) running.signal.aborted = true
      goOn()
      await running?.ended
    },
    async pauseAdding() {
      if (pace.isPaused() || (running === undefined && line.size() === 0)) return
      pause()
    },
    async resumeAdding() {
      goOn()
      work()
    },
    retry: async ticket => retry([ticket]),
    retryFailed: async () => retry([...failed]),
    inBackground: async is => pace.inBackground(is),
  }

  return {
    commands,
    work,
    inherit() {
      inheriting = inheriting.then(inherit)
      return inheriting
    },
  }
}
