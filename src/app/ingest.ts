import { codeOf, type ErrorCode, failure, messageOf } from '../core/errors.ts'
import type { Emit, FileState, Ticket } from '../core/events.ts'
import type { Exclusive } from '../core/exclusive.ts'
import type { Extracted, Extractor } from '../core/ports/extractor.ts'
import type { SourceFile } from '../core/ports/files.ts'
import type { CancelSignal } from './embed.ts'
import type { FolderNotes } from './folder-notes.ts'
import { forget } from './indexes.ts'
import { createIntake, type Intake, noteError, stateOf } from './intake.ts'
import { createReader, type ReadAhead } from './read-ahead.ts'
import { takeIn, type TakeInPorts } from './take-in.ts'
import type { JobSource } from './waiting-line.ts'

export interface Job {
  readonly ticket: Ticket
  readonly file: SourceFile
}

export interface IngestPorts extends TakeInPorts {
  readonly extractor: Extractor
  /** Nobody else writes while a document is taken in; others get their turn between two. */
  readonly exclusive: Exclusive
  /** What is known of remembered folders; missing where there are none. */
  readonly origins?: Pick<FolderNotes, 'settled' | 'hasElsewhere'>
  /** Called before a file is read; resolves with the file as it can be read. Missing where it can be read as it is. */
  readonly begin?: (job: Job) => Promise<SourceFile>
  /** Resolves when the next document may be taken in; missing where it always may. */
  readonly turn?: () => Promise<void>
}

/** These concern every file that follows. */
const FATAL: ReadonlySet<ErrorCode | undefined> = new Set<ErrorCode>(['StorageFull', 'NewerBelfry'])

/**
 * Takes files in, one after the other, until the queue is empty. A failure belongs to its document and the rest goes on;
 * a full disk, a library that is too new and a cancelled signal end the queue, and every file left in it is told so. Never rejects.
 */
export async function ingest(
  queue: JobSource,
  ports: IngestPorts,
  emit: Emit,
  signal: CancelSignal,
): Promise<void> {
  const reader = createReader(queue, ports.extractor, emit, ports.begin)
  let intake = createIntake()
  for (let read = await reader.next(); read !== undefined; read = await reader.next()) {
    const { ticket } = read
    const state = await settle(read, intake, ports, emit, signal)
    if (state === undefined) continue
    emit({ type: 'file-changed', ticket, state })
    if (!signal.aborted) ports.origins?.settled(read.file, state, [...intake.stored, ...intake.known])
    intake = createIntake()
    const end = endOfQueue(state, signal)
    if (end === undefined) continue
    const ahead = await reader.stop()
    const left = [...(ahead === undefined || ahead.ticket === ticket ? [] : [ahead]), ...queue.splice(0)]
    for (const job of left) emit({ type: 'file-changed', ticket: job.ticket, state: end })
    return
  }
}

function endOfQueue(state: FileState, signal: CancelSignal): FileState | undefined {
  if (signal.aborted) return { kind: 'cancelled' }
  return state.kind === 'failed' && FATAL.has(state.code) ? state : undefined
}

/** The state of the file that was read from, when nothing more comes of it. */
async function settle(
  read: ReadAhead,
  intake: Intake,
  ports: IngestPorts,
  emit: Emit,
  signal: CancelSignal,
): Promise<FileState | undefined> {
  if ('extracted' in read) {
    await ports.turn?.()
    try {
      await take(read, read.extracted, intake, ports, emit, signal)
      return undefined
    } catch (error) {
      return interrupted(error, intake)
    }
  }
  if ('error' in read) noteError(intake, read.error)
  else await replace(read.file, intake, ports, emit).catch((error: unknown) => noteError(intake, error))
  return stateOf(intake)
}

/** What was stored before stays. */
function interrupted(error: unknown, { stored }: Intake): FileState {
  const code = codeOf(error)
  if (code !== 'Cancelled') return { kind: 'failed', reason: messageOf(error), ...(code && { code }) }
  if (stored.length === 0) return { kind: 'cancelled' }
  return { kind: 'partly', reason: `Stopped after ${stored.length} of its documents.` }
}

/** @throws what ends the whole queue. */
async function take(
  job: Job,
  extracted: Extracted,
  intake: Intake,
  ports: IngestPorts,
  emit: Emit,
  signal: CancelSignal,
): Promise<void> {
  if (!('id' in extracted)) return noteError(intake, failure('UnreadableFile', extracted.reason))
  try {
    await ports.exclusive(() => takeIn(job, extracted, intake, ports, emit, signal))
  } catch (error) {
    const code = codeOf(error)
    if (code === 'Cancelled' || FATAL.has(code)) throw error
    noteError(intake, error)
  }
}

/** Removes the documents that an earlier version of the file gave, and this one does not. */
async function replace(
  file: SourceFile,
  { stored, known }: Intake,
  { library, indexes, exclusive, origins }: IngestPorts,
  emit: Emit,
): Promise<void> {
  const kept = new Set([...stored, ...known])
  if (kept.size === 0) return
  for (const id of file.replaces ?? []) {
    if (kept.has(id) || origins?.hasElsewhere(file, id) === true) continue
    await exclusive(async () => {
      const removed = await library.remove(id)
      if (removed === undefined) return
      await forget(removed.document, indexes)
      emit({ type: 'document-replaced', id })
    })
  }
}
