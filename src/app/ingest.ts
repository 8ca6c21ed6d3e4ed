import { type DocumentContents, type DocumentId, indexedText, type NewDocument } from '../core/document.ts'
import type { Exclusive } from '../core/exclusive.ts'
import { codeOf, messageOf } from '../core/errors.ts'
import type { Emit, FileState, Ticket } from '../core/events.ts'
import type { Clock, Encoder, ExtractedFile, Extractor, Library, SourceFile } from '../core/ports.ts'
import { splitIntoPassages } from '../core/text/split-into-passages.ts'
import { type CancelSignal, embedDocuments } from './embed.ts'
import { indexDocument, type Indexes } from './indexes.ts'

export interface Job {
  readonly ticket: Ticket
  readonly file: SourceFile
}

export interface IngestPorts {
  readonly extractor: Extractor
  readonly encoder: Encoder
  readonly library: Library
  readonly indexes: Indexes
  readonly clock: Clock
  /** Nobody else writes while a file is taken in; others get their turn between two files. */
  readonly exclusive: Exclusive
}

interface Reading extends Job {
  readonly extracted: Promise<ExtractedFile | { readonly error: unknown }>
}

/**
 * Takes files in, one after the other, until the queue is empty. A failure belongs to its file and the rest goes on;
 * a full disk, a library that is too new and a cancelled signal end the queue, and every file left in it is told so. Never rejects.
 */
export async function ingest(
  queue: Job[],
  ports: IngestPorts,
  emit: Emit,
  signal: CancelSignal,
): Promise<void> {
  let ahead = read(queue.shift(), ports, emit)
  while (ahead !== undefined) {
    const current = ahead
    // The next file is read while this one is embedded.
    ahead = signal.aborted ? undefined : read(queue.shift(), ports, emit)
    const state = await settle(current, ports, emit, signal)
    emit({ type: 'file-changed', ticket: current.ticket, state })
    const end = endOfQueue(state, signal)
    if (end === undefined) continue
    const left = [...(ahead === undefined ? [] : [ahead]), ...queue.splice(0)]
    for (const { ticket } of left) emit({ type: 'file-changed', ticket, state: end })
    return
  }
}

function endOfQueue(state: FileState, signal: CancelSignal): FileState | undefined {
  if (signal.aborted) return { kind: 'cancelled' }
  return state.kind === 'failed' && (state.code === 'StorageFull' || state.code === 'NewerBelfry')
    ? state
    : undefined
}

function read(job: Job | undefined, { extractor }: IngestPorts, emit: Emit): Reading | undefined {
  if (job === undefined) return undefined
  emit({ type: 'file-changed', ticket: job.ticket, state: { kind: 'reading' } })
  // The error waits for its file's turn instead of being unhandled until then.
  return { ...job, extracted: extractor.extract(job.file).catch((error: unknown) => ({ error })) }
}

async function settle(
  reading: Reading,
  ports: IngestPorts,
  emit: Emit,
  signal: CancelSignal,
): Promise<FileState> {
  try {
    const extracted = await reading.extracted
    if ('error' in extracted) throw extracted.error
    return await ports.exclusive(() => takeIn(reading, extracted, ports, emit, signal))
  } catch (error) {
    const code = codeOf(error)
    if (code === 'Cancelled') return { kind: 'cancelled' }
    return { kind: 'failed', reason: messageOf(error), ...(code === undefined ? {} : { code }) }
  }
}

async function takeIn(
  { ticket, file }: Job,
  extracted: ExtractedFile,
  { encoder, library, indexes, clock }: IngestPorts,
  emit: Emit,
  signal: CancelSignal,
): Promise<FileState> {
  if (await library.has(extracted.id)) return skip(extracted.id, library, indexes, clock)
  const contents = { text: extracted.text, passages: splitIntoPassages(extracted) }
  const total = contents.passages.length
  const texts = contents.passages.map(passage => indexedText(extracted, contents.text, passage))
  const vectors = await embedDocuments(texts, encoder, signal, done =>
    emit({ type: 'file-changed', ticket, state: { kind: 'embedding', done, total } }),
  )
  const { space } = await encoder.info()
  const row: NewDocument = { ...describe(file, extracted, contents), addedAt: clock.now(), space }
  // The library is the truth and the indexes caches of it: they may lag, never lead.
  const document = await library.put(row, contents, vectors)
  emit({ type: 'document-added', document })
  try {
    await indexDocument({ document, contents, vectors }, indexes, clock)
  } catch (error) {
    return { kind: 'partly', reason: `Stored, and searchable after a reload: ${messageOf(error)}` }
  }
  return { kind: 'done', passages: total }
}

function describe(file: SourceFile, extracted: ExtractedFile, contents: DocumentContents) {
  return {
    id: extracted.id,
    title: extracted.title,
    name: file.name,
    path: file.path,
    mediaType: extracted.mediaType,
    bytes: file.blob.size,
    modifiedAt: file.modifiedAt,
    passageCount: contents.passages.length,
  }
}

/** A document that is stored but cannot be found, after a failure that came in between, is made searchable here. */
async function skip(id: DocumentId, library: Library, indexes: Indexes, clock: Clock): Promise<FileState> {
  if (indexes.catalogue.get(id) === undefined) {
    for (const stored of await library.load([id])) await indexDocument(stored, indexes, clock)
  }
  const path = indexes.catalogue.get(id)?.path
  return { kind: 'skipped', reason: `Already in the library${path === undefined ? '' : ` as “${path}”`}.` }
}
