import type { NewDocument } from '../core/document.ts'
import { codeOf, failure, messageOf } from '../core/errors.ts'
import type { Emit } from '../core/events.ts'
import type { Exclusive } from '../core/exclusive.ts'
import type { FiledDocument } from '../core/library-file/document-section.ts'
import type { LibraryRecord } from '../core/library-file/library-records.ts'
import {
  type LibraryFile,
  openLibraryFile,
  type ReaderParts,
} from '../core/library-file/open-library-file.ts'
import type { FiledSettings } from '../core/library-file/small-sections.ts'
import { sameCut } from '../core/passage-settings.ts'
import type { EncoderInfo } from '../core/ports/encoder.ts'
import type { LibraryBlob } from '../core/ports/files.ts'
import type { HeadStore, InteractionLog } from '../core/ports/learning.ts'
import type { Library } from '../core/ports/library.ts'
import type { SettingsStore } from '../core/ports/settings.ts'
import type { Clock } from '../core/ports/platform.ts'
import type { ImportCounts } from '../core/transfer-state.ts'
import type { CancelSignal } from './embed.ts'
import { createHeadImport, type HeadImport } from './import-heads.ts'
import { indexDocument, type Indexes } from './indexes.ts'

export interface ImportPorts {
  readonly library: Library
  readonly indexes: Indexes
  readonly heads: HeadStore
  readonly log: InteractionLog
  readonly settings: Pick<SettingsStore, 'passages' | 'choosePassages'>
  readonly clock: Clock
  /** Nobody else writes while a document is taken in; others get their turn between two. */
  readonly exclusive: Exclusive
  /** Of the model in use, where there is one. */
  readonly encoderInfo: EncoderInfo | undefined
}

/** A file that was read to its last byte and found whole. */
export interface CheckedLibraryFile {
  readonly file: LibraryFile
  readonly documents: number
}

/**
 * Reads a library file through and keeps nothing: it comes from a stranger, so all of it is checked before anything is
 * written.
 * @throws BadLibraryFile, WrongPassphrase, PassphraseUnsupported or Cancelled, each with a sentence.
 */
export async function checkLibraryFile(
  blob: LibraryBlob,
  passphrase: string | undefined,
  ports: ReaderParts & { readonly clock: Clock },
  emit: Emit,
  signal: CancelSignal,
): Promise<CheckedLibraryFile> {
  const file = await openLibraryFile(blob, passphrase, ports)
  const { records, left } = file.read()
  let documents = 0
  for await (const record of records) {
    if (signal.aborted) throw failure('Cancelled', 'The import was cancelled. Nothing was changed.')
    if (record.kind === 'document') documents++
    emit({ type: 'transfer-progressed', step: 'checking', done: blob.size - left(), total: blob.size })
    await ports.clock.breathe()
  }
  return { file, documents }
}

/**
 * Takes in what the file holds and the library has not. It may stop half-way, on a full disk or when it is cancelled;
 * what was taken in by then stays, each document whole, and the same file can be imported again for the rest.
 * @throws StorageFull, StorageUnavailable, Cancelled, or BadLibraryFile when the file has changed since it was checked:
 *   each with a sentence that says what was done before.
 */
export async function takeLibraryIn(
  { file, documents }: CheckedLibraryFile,
  ports: ImportPorts,
  emit: Emit,
  signal: CancelSignal,
): Promise<ImportCounts> {
  const counts = { added: 0, skipped: 0, embedded: 0, heads: 0, openings: 0 }
  try {
    await takeIn(file, documents, counts, ports, emit, signal)
  } catch (error) {
    throw stopped(error, counts, documents)
  }
  return counts
}

type Counts = { -readonly [Name in keyof ImportCounts]: number }

async function takeIn(
  file: LibraryFile,
  total: number,
  counts: Counts,
  ports: ImportPorts,
  emit: Emit,
  signal: CancelSignal,
): Promise<void> {
  const heads = createHeadImport(ports.heads)
  for await (const record of file.read().records) {
    if (signal.aborted) throw failure('Cancelled', 'The import was cancelled.')
    const done = counts.added + counts.skipped
    emit({ type: 'transfer-progressed', step: 'importing', done, total })
    await takeRecord(record, heads, counts, ports, emit)
    await ports.clock.breathe()
  }
}

async function takeRecord(
  record: LibraryRecord,
  heads: HeadImport,
  counts: Counts,
  ports: ImportPorts,
  emit: Emit,
): Promise<void> {
  const { log } = ports
  if (record.kind === 'document') {
    await ports.exclusive(() => takeDocument(record.filed, counts, ports, emit))
  }
  if (record.kind === 'head' && (await heads.take(record.head))) counts.heads++
  if (record.kind === 'openings') {
    const before = await log.size()
    await log.merge(record.entries)
    counts.openings += (await log.size()) - before
  }
  if (record.kind === 'settings') await takeSettings(record.settings, ports)
}

/** What somebody has chosen here stays, whatever a file says; what was switched off here stays off. */
async function takeSettings(filed: FiledSettings, { log, settings }: ImportPorts): Promise<void> {
  if (!filed.noting) await log.turn(false)
  if (filed.passages !== undefined && sameCut(await settings.passages()))
    await settings.choosePassages(filed.passages)
}

async function takeDocument(
  filed: FiledDocument,
  counts: Counts,
  { library, indexes, clock, encoderInfo }: ImportPorts,
  emit: Emit,
): Promise<void> {
  if (await library.has(filed.document.id)) {
    counts.skipped++
    return
  }
  const fits = hasVectorsOf(filed, encoderInfo)
  const vectors = fits ? filed.vectors : new Float32Array(0)
  const document = await library.put(filed.document, filed.contents, vectors)
  counts.added++
  if (!fits) counts.embedded++
  emit({ type: 'document-added', document })
  if (!fits) return
  // The library is the truth; reconciling, which follows every import, brings an index up that failed here.
  await indexDocument({ document, contents: filed.contents, vectors }, indexes, clock).catch(() => undefined)
}

/** Without a model nobody can say, and the vectors may be those of the model to come. */
function hasVectorsOf(
  { document, vectors }: { readonly document: NewDocument; readonly vectors: Float32Array },
  info: EncoderInfo | undefined,
): boolean {
  if (info === undefined) return true
  return document.space === info.space && vectors.length === document.passageCount * info.dimension
}

function stopped(error: unknown, { added, skipped }: ImportCounts, total: number): Error {
  const left = total - added - skipped
  const kept = `${added} of its ${total} documents were added and stay, ${skipped} were here before, ${left} are missing`
  return failure(
    codeOf(error) ?? 'StorageUnavailable',
    `${messageOf(error)} ${kept}. Import the file again for the rest.`,
    error,
  )
}
