import { compareKeys } from '../core/compare-keys.ts'
import { type DocumentId, indexedText, type LibraryDocument, type StoredDocument } from '../core/document.ts'
import type { Emit } from '../core/events.ts'
import type { Encoder, EncoderInfo } from '../core/ports/encoder.ts'
import type { LexicalIndex } from '../core/ports/lexical-index.ts'
import type { Library } from '../core/ports/library.ts'
import type { Clock } from '../core/ports/platform.ts'
import type { Tabs } from '../core/ports/tabs.ts'
import type { VectorIndex } from '../core/ports/vector-index.ts'
import { type CancelSignal, embedDocuments } from './embed.ts'
import { indexDocument, type Indexes, type Lacking } from './indexes.ts'

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

const NOTHING: Lacking = { words: false, vectors: false }

/** Documents loaded at a time. */
const BATCH = 16

/**
 * Makes the indexes equal to the library, whatever made them differ: a start, a crash, a failed step, another tab,
 * another model. Documents whose vectors are of another space are embedded anew first. Safe to repeat at any time.
 */
export async function reconcile(ports: ReconcilePorts, emit: Emit): Promise<void> {
  const { library } = ports
  const documents = await library.documents()
  const lacking = await compare(documents, ports)
  const total = documents.length
  let done = total - lacking.size
  emit({ type: 'restore-progressed', done, total })
  const missing = Array.from(lacking.keys())
  for (let start = 0; start < missing.length; start += BATCH) {
    const ids = missing.slice(start, start + BATCH)
    for (const stored of await library.load(ids)) {
      await restoreOne(stored, lacking.get(stored.document.id) ?? NOTHING, ports)
    }
    done += ids.length
    emit({ type: 'restore-progressed', done, total })
  }
  emit({ type: 'restore-finished' })
}

/** Drops from the indexes what the library has no more; returns the documents that are not in all of them. */
async function compare(
  documents: readonly LibraryDocument[],
  { indexes: { words, vectors, catalogue }, encoder }: ReconcilePorts,
): Promise<Map<DocumentId, Lacking>> {
  const space = (await encoder?.info())?.space
  const withWords = await completeIn(words, documents)
  const withVectors = vectors === undefined ? new Set(documents) : await completeIn(vectors, documents)
  catalogue.replaceAll(documents.filter(document => withWords.has(document)))
  const lacking = new Map<DocumentId, Lacking>()
  for (const document of documents) {
    const isForeign = space !== undefined && document.space !== space
    const lacks = { words: !withWords.has(document), vectors: !withVectors.has(document) || isForeign }
    if (lacks.words || lacks.vectors) lacking.set(document.id, lacks)
  }
  return lacking
}

async function completeIn(
  index: LexicalIndex | VectorIndex,
  documents: readonly LibraryDocument[],
): Promise<ReadonlySet<LibraryDocument>> {
  const { gone, complete } = compareKeys(documents, await index.keys())
  if (gone.length > 0) await index.remove(gone)
  return complete
}

async function restoreOne(stored: StoredDocument, lacking: Lacking, ports: ReconcilePorts): Promise<void> {
  const { indexes, clock, encoder } = ports
  if (encoder === undefined) return indexDocument(stored, { ...indexes, vectors: undefined }, clock, lacking)
  const info = await encoder.info()
  if (fits(stored, info)) return indexDocument(stored, indexes, clock, lacking)
  const renewed = await ports.tabs.write(() => renew(stored.document.id, encoder, info, ports))
  if (renewed === undefined) return
  const isMoved = renewed.document.firstKey !== stored.document.firstKey
  await indexDocument(renewed, indexes, clock, { words: lacking.words || isMoved, vectors: true })
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
