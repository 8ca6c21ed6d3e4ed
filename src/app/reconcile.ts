import { keysOf } from '../core/catalogue.ts'
import { type DocumentId, indexedText, type LibraryDocument, type StoredDocument } from '../core/document.ts'
import type { Emit } from '../core/events.ts'
import type { Clock, Encoder, EncoderInfo, Library, Tabs } from '../core/ports.ts'
import { type CancelSignal, embedDocuments } from './embed.ts'
import { indexDocument, type Indexes } from './indexes.ts'

export interface ReconcilePorts {
  readonly library: Library
  readonly indexes: Indexes
  /** Missing while there is no model: words are found then, meaning is not. */
  readonly encoder: Encoder | undefined
  readonly clock: Clock
  /** Only making vectors anew writes, and only that waits for other tabs. */
  readonly tabs: Pick<Tabs, 'write'>
}

const NEVER: CancelSignal = { aborted: false }

/** Documents loaded at a time. */
const BATCH = 16

/**
 * Makes the indexes equal to the library, whatever made them differ: a start, a crash, a failed step, another tab,
 * another model. Documents whose vectors are of another space are embedded anew first. Safe to repeat at any time.
 */
export async function reconcile(ports: ReconcilePorts, emit: Emit): Promise<void> {
  const { library, indexes } = ports
  const documents = await library.documents()
  await forgetAllBut(documents, indexes)
  const missing = await notIndexed(documents, ports)
  const total = documents.length
  let done = total - missing.length
  emit({ type: 'restore-progressed', done, total })
  for (let start = 0; start < missing.length; start += BATCH) {
    const ids = missing.slice(start, start + BATCH).map(document => document.id)
    for (const stored of await library.load(ids)) await restoreOne(stored, ports)
    done += ids.length
    emit({ type: 'restore-progressed', done, total })
  }
  emit({ type: 'restore-finished' })
}

async function forgetAllBut(
  documents: readonly LibraryDocument[],
  { words, vectors, catalogue }: Indexes,
): Promise<void> {
  const wanted = new Set<number>()
  for (const document of documents) for (const key of keysOf(document)) wanted.add(key)
  for (const index of [words, vectors]) {
    const present = (await index?.keys()) ?? new Uint32Array()
    const gone = present.filter(key => !wanted.has(key))
    if (gone.length > 0) await index?.remove(gone)
  }
  const byId = new Map(documents.map(document => [document.id, document]))
  const kept = catalogue.documents().filter(({ id, firstKey }) => byId.get(id)?.firstKey === firstKey)
  catalogue.replaceAll(kept.map(({ id }) => byId.get(id)).filter(document => document !== undefined))
}

async function notIndexed(
  documents: readonly LibraryDocument[],
  { indexes, encoder }: ReconcilePorts,
): Promise<LibraryDocument[]> {
  const space = (await encoder?.info())?.space
  const words = new Set(await indexes.words.keys())
  const vectors = new Set((await indexes.vectors?.keys()) ?? [])
  const complete = (document: LibraryDocument) =>
    indexes.catalogue.get(document.id) !== undefined &&
    (space === undefined || document.space === space) &&
    keysOf(document).every(key => words.has(key) && (indexes.vectors === undefined || vectors.has(key)))
  return documents.filter(document => !complete(document))
}

async function restoreOne(stored: StoredDocument, ports: ReconcilePorts): Promise<void> {
  const { indexes, clock, encoder } = ports
  if (encoder === undefined) return indexDocument(stored, { ...indexes, vectors: undefined }, clock)
  const info = await encoder.info()
  if (fits(stored, info)) return indexDocument(stored, indexes, clock)
  const renewed = await ports.tabs.write(() => renew(stored.document.id, encoder, info, ports))
  if (renewed !== undefined) await indexDocument(renewed, indexes, clock)
}

function fits({ document, vectors }: StoredDocument, { space, dimension }: EncoderInfo): boolean {
  return document.space === space && vectors.length === document.passageCount * dimension
}

/** Stores the document with vectors of the encoder's space, unless another tab has done so or has removed it by now. */
async function renew(
  id: DocumentId,
  encoder: Encoder,
  info: EncoderInfo,
  { library }: ReconcilePorts,
): Promise<StoredDocument | undefined> {
  const [stored] = await library.load([id])
  if (stored === undefined || fits(stored, info)) return stored
  const { document, contents } = stored
  const texts = contents.passages.map(passage => indexedText(document, contents.text, passage))
  const vectors = await embedDocuments(texts, encoder, NEVER, () => {})
  const { space } = info
  return { document: await library.put({ ...document, space }, contents, vectors), contents, vectors }
}
