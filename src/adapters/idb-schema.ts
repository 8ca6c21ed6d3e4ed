import type { DBSchema, IDBPDatabase } from 'idb'
import type { DocumentId, LibraryDocument, Outline, SpaceId } from '../core/document.ts'
import type { PackedPassages } from '../core/packed-passages.ts'

/**
 * The library's stores. A document is one small row to list it, one row that says where its passages are, its text in
 * segments, and its vectors as one binary block (many small records are ten times slower); all of it is always written
 * in one transaction.
 */
export interface LibrarySchema extends DBSchema {
  documents: { key: DocumentId; value: LibraryDocument; indexes: { firstKey: number } }
  contents: { key: DocumentId; value: ContentsRow }
  /** By document and number. */
  texts: { key: [DocumentId, number]; value: string }
  vectors: { key: DocumentId; value: VectorsRow }
  meta: { key: string; value: number }
}

export interface ContentsRow extends PackedPassages {
  readonly id: DocumentId
  /** Missing in rows of an early Belfry, and where there is nothing to say. */
  readonly outline?: Outline
}

export interface VectorsRow {
  readonly id: DocumentId
  readonly space: SpaceId
  /** Row-major float32. */
  readonly data: Float32Array
}

export const LIBRARY_VERSION = 1

/**
 * Brings a library of any earlier version to the present one; the steps stay, oldest first. One that rewrites rows takes the
 * transaction as well, as `Upgrade` says. A new version needs a kept library (`npx tsx e2e/kept/keep.ts`).
 */
export function migrateLibrary(db: IDBPDatabase<LibrarySchema>, from: number): void {
  if (from < 1) {
    db.createObjectStore('documents', { keyPath: 'id' }).createIndex('firstKey', 'firstKey', { unique: true })
    db.createObjectStore('contents', { keyPath: 'id' })
    db.createObjectStore('texts')
    db.createObjectStore('vectors', { keyPath: 'id' })
    db.createObjectStore('meta')
  }
}
