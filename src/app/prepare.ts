import { type DocumentContents, indexedText } from '../core/document.ts'
import type { Encoder } from '../core/ports/encoder.ts'
import type { ExtractedDocument } from '../core/ports/extractor.ts'
import type { Library } from '../core/ports/library.ts'
import { cutIntoPassages } from './cut-into-passages.ts'
import { type CancelSignal, embedDocuments } from './embed.ts'

export interface PreparePorts {
  readonly encoder: Encoder
  readonly library: Library
}

/** A document that only needs to be stored. */
export interface Prepared {
  readonly contents: DocumentContents
  /** Row-major, a row for each passage. */
  readonly vectors: Float32Array
}

/**
 * Cuts a document into passages and embeds them; `undefined` when it is in the library.
 * @param progress Passages embedded, and all of them
 * @throws Cancelled between two batches.
 */
export async function prepare(
  extracted: ExtractedDocument,
  { encoder, library }: PreparePorts,
  signal: CancelSignal,
  progress: (done: number, total: number) => void,
): Promise<Prepared | undefined> {
  if (await library.has(extracted.id)) return undefined
  const contents = { text: extracted.text, passages: await cutIntoPassages(extracted, encoder) }
  const total = contents.passages.length
  const texts = contents.passages.map(passage => indexedText(extracted, contents.text, passage))
  const vectors = await embedDocuments(texts, encoder, signal, done => progress(done, total))
  return { contents, vectors }
}
