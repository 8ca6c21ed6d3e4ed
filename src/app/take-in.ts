import {
  type DocumentContents,
  type DocumentId,
  type DocumentSource,
  indexedText,
  type NewDocument,
  type Passage,
} from '../core/document.ts'
import { messageOf } from '../core/errors.ts'
import type { Emit } from '../core/events.ts'
import { cutField, DEFAULT_PASSAGES, type PassageSettings } from '../core/passage-settings.ts'
import type { Encoder } from '../core/ports/encoder.ts'
import type { ExtractedDocument } from '../core/ports/extractor.ts'
import type { SourceFile } from '../core/ports/files.ts'
import type { Library } from '../core/ports/library.ts'
import type { Clock } from '../core/ports/platform.ts'
import { cutIntoPassages } from './cut-into-passages.ts'
import { type CancelSignal, embedDocuments } from './embed.ts'
import { indexDocument, type Indexes } from './indexes.ts'
import type { Job } from './ingest.ts'
import { type Intake, noteMinor } from './intake.ts'

export interface TakeInPorts {
  readonly encoder: Encoder
  readonly library: Library
  readonly indexes: Indexes
  readonly clock: Clock
  /** How a document is to be cut; as usual where it is missing. */
  readonly passageSettings?: () => Promise<PassageSettings>
}

/** Stores a document and makes it searchable, unless it is there. @throws Cancelled between two batches. */
export async function takeIn(
  { ticket, file }: Job,
  extracted: ExtractedDocument,
  intake: Intake,
  { encoder, library, indexes, clock, passageSettings }: TakeInPorts,
  emit: Emit,
  signal: CancelSignal,
): Promise<void> {
  if (await library.has(extracted.id)) return skip(extracted.id, intake, library, indexes, clock)
  const settings = (await passageSettings?.()) ?? DEFAULT_PASSAGES
  const contents = contentsOf(extracted, await cutIntoPassages(extracted, encoder, settings))
  const cut = cutField(settings)
  const before = intake.passages
  const total = before + contents.passages.length
  const texts = contents.passages.map(passage =>
    indexedText({ ...extracted, ...cut }, contents.text, passage),
  )
  const vectors = await embedDocuments(texts, encoder, signal, done =>
    emit({ type: 'file-changed', ticket, state: { kind: 'embedding', done: before + done, total } }),
  )
  const { space } = await encoder.info()
  const row: NewDocument = { ...describe(file, extracted, contents), ...cut, addedAt: clock.now(), space }
  // The library is the truth and the indexes caches of it: they may lag, never lead.
  const document = await library.put(row, contents, vectors)
  intake.stored.push(document.id)
  intake.passages = total
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

/** With what is needed to cut it again. */
function contentsOf(
  { text, headings, pages }: ExtractedDocument,
  passages: readonly Passage[],
): DocumentContents {
  if (headings.length === 0 && pages === undefined) return { text, passages }
  return { text, passages, outline: { headings, ...(pages === undefined ? {} : { pages }) } }
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
