import { type DocumentContents, indexedText, type Passage } from '../core/document.ts'
import { cutField, DEFAULT_PASSAGES, type PassageSettings } from '../core/passage-settings.ts'
import type { Encoder } from '../core/ports/encoder.ts'
import type { ExtractedDocument } from '../core/ports/extractor.ts'
import type { Library } from '../core/ports/library.ts'
import { cutIntoPassages } from './cut-into-passages.ts'
import { type CancelSignal, embedDocuments } from './embed.ts'

export interface PreparePorts {
  readonly encoder: Encoder
  readonly library: Library
  /** How a document is to be cut; as usual where it is missing. */
  readonly passageSettings?: () => Promise<PassageSettings>
}

/** A document that only needs to be stored. */
export interface Prepared {
  readonly contents: DocumentContents
  /** Row-major, a row for each passage. */
  readonly vectors: Float32Array
  /** Of its row: how it was cut. */
  readonly cut: ReturnType<typeof cutField>
}

/**
 * Cuts a document into passages and embeds them; `undefined` when it is in the library.
 * @param progress Passages embedded, and all of them
 * @throws Cancelled between two batches.
 */
export async function prepare(
  extracted: ExtractedDocument,
  { encoder, library, passageSettings }: PreparePorts,
  signal: CancelSignal,
  progress: (done: number, total: number) => void,
): Promise<Prepared | undefined> {
  if (await library.has(extracted.id)) return undefined
  const settings = (await passageSettings?.()) ?? DEFAULT_PASSAGES
  const contents = contentsOf(extracted, await cutIntoPassages(extracted, encoder, settings))
  const cut = cutField(settings)
  const total = contents.passages.length
  const texts = contents.passages.map(passage =>
    indexedText({ ...extracted, ...cut }, contents.text, passage),
  )
  const vectors = await embedDocuments(texts, encoder, signal, done => progress(done, total))
  return { contents, vectors, cut }
}

/** With what is needed to cut it again. */
function contentsOf(
  { text, headings, pages }: ExtractedDocument,
  passages: readonly Passage[],
): DocumentContents {
  if (headings.length === 0 && pages === undefined) return { text, passages }
  return { text, passages, outline: { headings, ...(pages === undefined ? {} : { pages }) } }
}
