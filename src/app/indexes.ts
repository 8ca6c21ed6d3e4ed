import { type Catalogue, keysOf } from '../core/catalogue.ts'
import { indexedText, type LibraryDocument, type StoredDocument } from '../core/document.ts'
import type { LexicalIndex } from '../core/ports/lexical-index.ts'
import type { Clock } from '../core/ports/platform.ts'
import type { VectorIndex } from '../core/ports/vector-index.ts'
import type { Likeness } from './likeness.ts'

/** The caches of the library that answer a search. They may lag behind it and never lead. */
export interface Indexes {
  readonly words: LexicalIndex
  /** Missing until the model is there: its dimension is the model's. */
  vectors: VectorIndex | undefined
  /** What can be found: a document enters when all of its passages have. */
  readonly catalogue: Catalogue
  /** Missing where nobody asks which documents are nearly the same. */
  readonly likes?: Likeness
}

/** Passages added between two pauses; about 10 ms of work. */
const SLICE = 256

/** Which of the indexes lack a document. */
export interface Lacking {
  readonly words: boolean
  readonly vectors: boolean
}

const BOTH: Lacking = { words: true, vectors: true }

/** Makes a stored document searchable, in slices so that a query need not wait for a book. Safe to repeat. */
export async function indexDocument(
  stored: StoredDocument,
  indexes: Indexes,
  clock: Clock,
  lacking: Lacking = BOTH,
): Promise<void> {
  const { document, contents, vectors } = stored
  const keys = keysOf(document)
  const dimension = keys.length === 0 ? 0 : vectors.length / keys.length
  for (let start = 0; start < keys.length; start += SLICE) {
    const end = Math.min(start + SLICE, keys.length)
    const slice = keys.slice(start, end)
    if (lacking.words) {
      const passages = contents.passages.slice(start, end)
      await indexes.words.add(
        slice,
        passages.map(passage => indexedText(document, contents.text, passage)),
      )
    }
    if (lacking.vectors) {
      await indexes.vectors?.add(slice, vectors.slice(start * dimension, end * dimension))
    }
    await clock.breathe()
  }
  indexes.catalogue.set(document)
  indexes.likes?.note(document, contents.text)
}

/** Makes a document that is stored no more unfindable. */
export async function forget(document: LibraryDocument, indexes: Indexes): Promise<void> {
  indexes.catalogue.delete(document.id)
  indexes.likes?.forget(document)
  const keys = keysOf(document)
  await indexes.words.remove(keys)
  await indexes.vectors?.remove(keys)
}
