import type { Emit, FileState, Ticket } from '../core/events.ts'
import type { Exclusive } from '../core/exclusive.ts'
import type { Extractor } from '../core/ports/extractor.ts'
import type { SourceFile } from '../core/ports/files.ts'
import type { CancelSignal } from './embed.ts'
import type { FolderNotes } from './folder-notes.ts'
import { forget } from './indexes.ts'
import { type Intake, noteError, stateOf } from './intake.ts'
import { createReader, type ReadAhead } from './read-ahead.ts'
import { createGroupReader } from './read-in-groups.ts'
import { FATAL, intakeOf, type Intakes, prepareAll, stateOfLeft, takePart } from './take-part.ts'
import type { TakeInPorts } from './take-in.ts'
import type { JobSource } from './waiting-line.ts'

export interface Job {
  readonly ticket: Ticket
  readonly file: SourceFile
  /** How often the tab that read it has ended; missing for never. */
  readonly tries?: number
}

export interface IngestPorts extends TakeInPorts {
  readonly extractor: Extractor
  /** Nobody else writes while a group of documents is taken in; others get their turn between two. */
  readonly exclusive: Exclusive
  /** What is known of remembered folders; missing where there are none. */
  readonly origins?: Pick<FolderNotes, 'settled' | 'hasElsewhere'>
  /** Called before a file is read; resolves with the file as it can be read. Missing where it can be read as it is. */
  readonly begin?: (job: Job) => Promise<SourceFile>
  /** Resolves when the next documents may be taken in; missing where they always may. */
  readonly turn?: () => Promise<void>
  /** Whether nothing new may be begun; missing where something always may. */
  readonly isPaused?: () => boolean
}

/**
 * Takes files in, in their order, until the queue is empty. A failure belongs to its document and the rest goes on;
 * a full disk, a library that is too new and a cancelled signal end the queue, and every file left in it is told so. Never rejects.
 */
export async function ingest(
  queue: JobSource,
  ports: IngestPorts,
  emit: Emit,
  signal: CancelSignal,
): Promise<void> {
  const reader = createGroupReader(createReader(queue, ports.extractor, emit, ports.begin))
  const intakes: Intakes = new Map()
  for (let group = await reader.next(); group !== undefined; group = await reader.next()) {
    const { count, end } = await inTurn(group, intakes, ports, emit, signal)
    reader.giveBack(group.slice(count))
    if (end === undefined) continue
    // The file at which it ended has its last word, and may have more parts.
    const last = group[count - 1]?.ticket
    for (const { ticket } of distinct([...(await reader.stop()), ...queue.splice(0)])) {
      if (ticket === last) continue
      emit({ type: 'file-changed', ticket, state: stateOfLeft(intakes.get(ticket), end) })
    }
    return
  }
}

interface Taken {
  /** How many parts of the group need no more work. */
  readonly count: number
  /** What every file that is left is told, where adding ends. */
  readonly end?: FileState
}

/** Takes a group in while nobody else writes. What only ends in it waits for no turn. */
async function inTurn(
  group: readonly ReadAhead[],
  intakes: Intakes,
  ports: IngestPorts,
  emit: Emit,
  signal: CancelSignal,
): Promise<Taken> {
  const first = group.findIndex(part => 'extracted' in part)
  const some = first > 0 ? group.slice(0, first) : group
  const take = () => takeGroup(some, intakes, ports, emit, signal)
  if (first === 0) await ports.turn?.()
  else if (some.every(part => part.file.replaces === undefined)) return take()
  return ports.exclusive(take)
}

/** Stores the documents of a group in their order, and tells the last word on each file that ends in it. */
async function takeGroup(
  group: readonly ReadAhead[],
  intakes: Intakes,
  ports: IngestPorts,
  emit: Emit,
  signal: CancelSignal,
): Promise<Taken> {
  const prepared = prepareAll(group, intakes, ports, emit, signal)
  for (const [i, part] of group.entries()) {
    if (i > 0 && 'extracted' in part && ports.isPaused?.() === true) return { count: i }
    const state =
      'extracted' in part
        ? await takePart(part, prepared.get(part), intakes, ports, emit, signal)
        : await endOf(part, intakes, ports, emit)
    if (state === undefined) continue
    tellLast(part, state, intakes, ports, emit, signal)
    const end = endOfQueue(state, signal)
    if (end !== undefined) return { count: i + 1, end }
  }
  return { count: group.length }
}

function tellLast(
  { ticket, file }: Job,
  state: FileState,
  intakes: Intakes,
  ports: IngestPorts,
  emit: Emit,
  signal: CancelSignal,
): void {
  emit({ type: 'file-changed', ticket, state })
  const { stored, known } = intakeOf(intakes, ticket)
  if (!signal.aborted) ports.origins?.settled(file, state, [...stored, ...known])
  intakes.delete(ticket)
}

function endOfQueue(state: FileState, signal: CancelSignal): FileState | undefined {
  if (signal.aborted) return { kind: 'cancelled' }
  return state.kind === 'failed' && FATAL.has(state.code) ? state : undefined
}

/** The state of the file that was read from, when nothing more comes of it. */
async function endOf(
  read: Exclude<ReadAhead, { readonly extracted: unknown }>,
  intakes: Intakes,
  ports: IngestPorts,
  emit: Emit,
): Promise<FileState> {
  const intake = intakeOf(intakes, read.ticket)
  if ('error' in read) noteError(intake, read.error)
  else await replace(read.file, intake, ports, emit).catch((error: unknown) => noteError(intake, error))
  return stateOf(intake)
}

function distinct(jobs: readonly Job[]): Job[] {
  return [...new Map(jobs.map(job => [job.ticket, job])).values()]
}

/** Removes the documents that an earlier version of the file gave, and this one does not. */
async function replace(
  file: SourceFile,
  { stored, known }: Intake,
  { library, indexes, origins }: IngestPorts,
  emit: Emit,
): Promise<void> {
  const kept = new Set([...stored, ...known])
  if (kept.size === 0) return
  for (const id of file.replaces ?? []) {
    if (kept.has(id) || origins?.hasElsewhere(file, id) === true) continue
    const removed = await library.remove(id)
    if (removed === undefined) continue
    await forget(removed.document, indexes)
    emit({ type: 'document-replaced', id })
  }
}
