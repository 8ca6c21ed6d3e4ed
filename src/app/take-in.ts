import {
  type DocumentContents,
  type DocumentId,
  type DocumentSource,
  type NewDocument,
} from '../core/document.ts'
import { failure, messageOf } from '../core/errors.ts'
import type { Emit } from '../core/events.ts'
import type { ExtractedDocument } from '../core/ports/extractor.ts'
import type { SourceFile } from '../core/ports/files.ts'
import type { Library } from '../core/ports/library.ts'
import type { Clock } from '../core/ports/platform.ts'
import type { CancelSignal } from './embed.ts'
import { indexDocument, type Indexes } from './indexes.ts'
import type { Job } from './ingest.ts'
import { type Intake, noteMinor } from './intake.ts'
import { type Prepared, prepare, type PreparePorts } from './prepare.ts'

export interface TakeInPorts extends PreparePorts {
  readonly indexes: Indexes
  readonly clock: Clock
}

/**
 * Stores a document and makes it searchable, unless it is there.
 * @param prepared What was made of it since nobody else writes; looked up and made here where that is left out.
 * @throws Cancelled before anything is stored.
 */
export async function takeIn(
  { ticket, file }: Job,
  extracted: ExtractedDocument,
  prepared: Prepared | undefined,
  intake: Intake,
  ports: TakeInPorts,
  emit: Emit,
  signal: CancelSignal,
): Promise<void> {
  const { encoder, library, indexes, clock } = ports
  if (signal.aborted) throw failure('Cancelled', 'Adding was cancelled.')
  const progress = (done: number, total: number) =>
    emit({ type: 'file-changed', ticket, state: { kind: 'embedding', done, total } })
  const ready = prepared ?? (await prepare(extracted, ports, signal, progress))
  if (ready === undefined) return skip(extracted.id, intake, library, indexes, clock)
  const { contents, vectors, cut } = ready
  const { space } = await encoder.info()
  const row: NewDocument = { ...describe(file, extracted, contents), ...cut, addedAt: clock.now(), space }
  // The library is the truth and the indexes caches of it: they may lag, never lead.
  const document = await library.put(row, contents, vectors)
  intake.stored.push(document.id)
  intake.passages += contents.passages.length
  for (const sentence of extracted.missing ?? []) noteMinor(intake, sentence)
  emit({ type: 'document-added', document })
  try {
    await indexDocument({ document, contents, vectors }, indexes, clock)
  } catch (error) {
    noteMinor(intake, `Stored, and searchable after a reload: ${messageOf(error)}`)
  }
  // What it replaces will be gone.
  const like = indexes.likes?.likest(document, file.replaces ?? [])
  const path = like && indexes.catalogue.get(like)?.path
  if (path !== undefined) intake.likes.push(path)
}

function describe(
  file: SourceFile,
  extracted: ExtractedDocument,
  contents: DocumentContents,
): Omit<NewDocument, 'addedAt' | 'space'> {
  const { authors, writtenAt, path } = extracted
  const isWhole = path === undefined
  const { folder, blob, modifiedAt } = file
  const source: DocumentSource = {
    path: file.path,
    bytes: blob.size,
    modifiedAt,
    ...(folder === undefined ? {} : { folder }),
  }
  return {
    id: extracted.id,
    title: extracted.title,
    name: isWhole ? file.name : path.slice(path.lastIndexOf('/') + 1),
    path: isWhole ? file.path : `${file.path}/${path}`,
    mediaType: extracted.mediaType,
    bytes: extracted.bytes,
    modifiedAt: extracted.modifiedAt ?? modifiedAt,
    passageCount: contents.passages.length,
    ...(authors === undefined ? {} : { authors }),
    ...(writtenAt === undefined ? {} : { writtenAt }),
    ...(isWhole && folder === undefined ? {} : { source }),
  }
}

/** A document that is stored but cannot be found, after a failure that came in between, is made searchable here. */
async function skip(
  id: DocumentId,
  intake: Intake,
  library: Library,
  indexes: Indexes,
  clock: Clock,
): Promise<void> {
  if (indexes.catalogue.get(id) === undefined) {
    for (const stored of await library.load([id])) await indexDocument(stored, indexes, clock)
  }
  intake.known.push(id)
  intake.knownAs ??= indexes.catalogue.get(id)?.path
}
