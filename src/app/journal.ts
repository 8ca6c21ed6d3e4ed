import { failure } from '../core/errors.ts'
import type { Ticket } from '../core/events.ts'
import type { PausedTabs } from '../core/ports/choices.ts'
import type { LibraryBlob, SourceFile } from '../core/ports/files.ts'
import type { Clock } from '../core/ports/platform.ts'
import type { NotedFile } from '../core/ports/waiting-files.ts'
import type { Job } from './ingest.ts'
import { createByteKeeper } from './keep-bytes.ts'
import { knownIn, ofDeadTabs, type WaitingPorts } from './waiting-ports.ts'

/** What this tab has still to take in, noted and kept so that another tab can go on. */
export interface Journal {
  /** Nothing waits for a note, and a note that fails is nobody's news. */
  added(jobs: readonly Job[]): void
  /** To be awaited before it is read. Resolves with the file as it can be read. @throws UnreadableFile. */
  begin(job: Job): Promise<SourceFile>
  /** The file as it can be read, also after it has settled. @throws UnreadableFile. */
  fetch(job: Job): Promise<SourceFile>
  /** Its note is dropped, unless it could not be fetched. */
  settled(ticket: Ticket): void
  /** Whether adding is paused in this tab. A note that fails is nobody's news. */
  paused(is: boolean): void
  /** The files of tabs that have ended, which are this one's from now on. Never rejects. */
  inherit(ticketFor: () => Ticket): Promise<Inherited[]>
}

export interface Inherited extends Job {
  /** How often the tab that read it has ended. */
  readonly tries: number
  /** Whether adding was paused in that tab. */
  readonly wasPaused: boolean
}

/** In one transaction: whoever waits for the disk never waits for all of 100,000 names. */
const NAMES_AT_ONCE = 500
/** Milliseconds that the note of a settled file may wait: until then another tab would only find it stored already. */
const SETTLING = 200

export interface JournalPorts extends WaitingPorts {
  readonly clock: Clock
  readonly choices: { readonly paused: PausedTabs }
}

export function createJournal(ports: JournalPorts): Journal {
  const { tabs, waiting, library, clock } = ports
  const { paused } = ports.choices
  /** Of what waits. */
  const ids = new Map<Ticket, string>()
  /** Of all that this tab has ever had to take in: a note may outlive its file for a moment. */
  const known = new Set<string>()
  /** Stand for bytes that only the journal has. */
  const absent = new WeakSet<LibraryBlob>()
  /** Could not be fetched: they stay in the journal, since another try or another tab may succeed. */
  const unread = new Set<Ticket>()
  const keeper = createByteKeeper({ waiting, clock, usage: () => library.usage() })
  let settled: string[] = []
  let last: Promise<unknown> = Promise.resolve()

  function next(write: () => Promise<unknown>): void {
    last = last.then(write).catch(() => undefined)
  }

  function idOf(ticket: Ticket): string {
    // Padded, so that they sort as the tickets do.
    const id = ids.get(ticket) ?? `${tabs.id}/${String(ticket).padStart(9, '0')}`
    return remember(ticket, id)
  }

  function remember(ticket: Ticket, id: string): string {
    ids.set(ticket, id)
    known.add(id)
    return id
  }

  async function inherit(ticketFor: () => Ticket): Promise<Inherited[]> {
    const left = await ofDeadTabs(ports)
    // Of this tab: those that it has inherited without hearing of it.
    const own = (await waiting.all()).filter(({ tab, id }) => tab === tabs.id && !known.has(id))
    const heirless = [...left, ...own].filter(({ kept }) => kept)
    if (heirless.length === 0) return []
    const isKnown = await knownIn(ports)
    const dead = [...new Set(heirless.map(({ tab }) => tab))]
    const wasPaused = await pausedOf(heirless)
    const all = await waiting.adopt(dead, tabs.id)
    // Those of this tab that nobody knew of were inherited before.
    next(() => paused.drop(dead.filter(tab => tab !== tabs.id)))
    const fresh = all.filter(({ id }) => !known.has(id))
    const done = fresh.filter(isKnown).map(({ id }) => id)
    if (done.length > 0) next(() => waiting.settle(done))
    return fresh.filter(file => !isKnown(file)).map(file => jobOf(file, ticketFor(), wasPaused.has(file.id)))
  }

  /** Ids of the files whose tab was paused. */
  async function pausedOf(files: readonly NotedFile[]): Promise<ReadonlySet<string>> {
    const all = new Set(await paused.all().catch(() => []))
    return new Set(files.filter(({ tab }) => tab !== tabs.id && all.has(tab)).map(({ id }) => id))
  }

  function jobOf(
    { id, tries, name, path, modifiedAt, bytes, ...more }: NotedFile,
    ticket: Ticket,
    wasPaused: boolean,
  ): Inherited {
    remember(ticket, id)
    const { folder, replaces } = more
    const blob = absentBlob(bytes)
    absent.add(blob)
    const file: SourceFile = {
      name,
      path,
      modifiedAt,
      blob,
      ...(folder === undefined ? {} : { folder }),
      ...(replaces === undefined ? {} : { replaces }),
    }
    return { ticket, file, tries, wasPaused }
  }

  async function fetch({ ticket, file }: Job): Promise<SourceFile> {
    const id = ids.get(ticket)
    if (id === undefined || !absent.has(file.blob)) return file
    unread.add(ticket)
    const blob = await waiting.contents(id).catch((error: unknown) => {
      throw failure(
        'UnreadableFile',
        `“${file.name}” cannot be read now. Try it again, or add it again.`,
        error,
      )
    })
    unread.delete(ticket)
    if (blob === undefined) throw failure('UnreadableFile', `“${file.name}” was not kept. Add it again.`)
    return { ...file, blob }
  }

  async function settleSoon(): Promise<void> {
    await clock.rest?.(SETTLING)
    next(async () => {
      const some = settled
      settled = []
      await waiting.settle(some)
    })
  }

  return {
    fetch,
    added(jobs) {
      for (let start = 0; start < jobs.length; start += NAMES_AT_ONCE) {
        const some = jobs.slice(start, start + NAMES_AT_ONCE)
        const files = some.map(({ ticket, file }) => noteOf(idOf(ticket), file))
        next(async () => {
          // A note of a tab that does not yet count as living would be taken for one of the dead.
          await tabs.living()
          await waiting.note(tabs.id, files)
          keeper.add(some.flatMap(({ ticket, file }) => bytesOf(ids.get(ticket), file)))
        })
      }
    },
    async begin(job) {
      const file = await fetch(job)
      const id = ids.get(job.ticket)
      if (id !== undefined) await waiting.begin(id).catch(() => undefined)
      return file
    },
    settled(ticket) {
      const id = ids.get(ticket)
      if (id === undefined || unread.has(ticket)) return
      ids.delete(ticket)
      keeper.settled(id)
      settled.push(id)
      // Small files settle every few milliseconds: they share a note.
      if (settled.length > 1) return
      void settleSoon()
    },
    paused: is => next(() => (is ? paused.put(tabs.id) : paused.drop([tabs.id]))),
    inherit: ticketFor => inherit(ticketFor).catch(() => []),
  }
}

function noteOf(id: string, { name, path, modifiedAt, blob, folder, replaces, handle }: SourceFile) {
  return {
    id,
    name,
    path,
    modifiedAt,
    bytes: blob.size,
    ...(folder === undefined ? {} : { folder }),
    ...(replaces === undefined ? {} : { replaces }),
    ...(handle === undefined ? {} : { handle }),
  }
}

/** Nothing when it has settled in the meantime. */
function bytesOf(id: string | undefined, { blob }: SourceFile) {
  return id === undefined ? [] : [{ id, blob }]
}

/** Stands for bytes that are fetched when they are needed. */
function absentBlob(size: number): LibraryBlob {
  return { size, type: '', arrayBuffer: refuse, slice: () => ({ size: 0, type: '', arrayBuffer: refuse }) }
}

function refuse(): Promise<never> {
  return Promise.reject(new Error('expected the journal to have fetched this file'))
}
