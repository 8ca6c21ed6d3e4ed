import type {
  DocumentContents,
  DocumentId,
  LibraryDocument,
  NewDocument,
  PassageAddress,
  PassageText,
  StoredDocument,
} from '../document.ts'

export interface LibraryUsage {
  /** Bytes, as the browser estimates them for this origin. */
  readonly used: number
  readonly quota: number
}

/** The truth. Every method that writes is one transaction: all of it, or nothing. */
export interface Library {
  /** In the order in which they were added. */
  documents(): Promise<LibraryDocument[]>
  has(id: DocumentId): Promise<boolean>
  /**
   * Resolves when the data is stored, with the keys assigned. A document that is already there gets the new contents; it
   * keeps its keys when it is cut as before, into as many passages. Keys are never given to another passage.
   * @param options.newKeys Its passages are others, however many: no index may take them for those that it has.
   * @throws StorageFull; nothing is stored then.
   */
  put(
    document: NewDocument,
    contents: DocumentContents,
    vectors: Float32Array,
    options?: { readonly newKeys?: boolean },
  ): Promise<LibraryDocument>
  /** Resolves with what was removed, so that it can be put back; `undefined` when there was nothing. */
  remove(id: DocumentId): Promise<StoredDocument | undefined>
  contents(id: DocumentId): Promise<DocumentContents | undefined>
  /** In the order asked for, without reading the rest of their documents; `undefined` for what is not there. */
  passages(addresses: readonly PassageAddress[]): Promise<(PassageText | undefined)[]>
  /** Those that exist, in the order asked for. */
  load(ids: readonly DocumentId[]): Promise<StoredDocument[]>
  clear(): Promise<void>
  usage(): Promise<LibraryUsage>
}
