/** Carrying a library in one file, as the page shows it. */

export interface TransferProgress {
  readonly step: 'exporting' | 'checking' | 'importing'
  /** Documents; bytes while a file is checked. */
  readonly done: number
  readonly total: number
}

export interface ExportCounts {
  readonly documents: number
  readonly passages: number
  readonly heads: number
  readonly openings: number
}

export interface ImportCounts {
  readonly added: number
  /** Were in the library already. */
  readonly skipped: number
  /** Of those added: had no vectors of the model in use, and get them from it. */
  readonly embedded: number
  readonly heads: number
  readonly openings: number
}

export type TransferOutcome =
  | { readonly kind: 'exported'; readonly counts: ExportCounts }
  | { readonly kind: 'imported'; readonly counts: ImportCounts }
  /** A sentence that says what was done before, too. */
  | { readonly kind: 'cancelled'; readonly sentence: string }
  | { readonly kind: 'failed'; readonly code: string; readonly sentence: string }

/** What takes space beside the documents. */
export interface StorageUse {
  /** Bytes of the stored model. */
  readonly model: number
  /** Bytes of the indexes as they are saved. */
  readonly indexes: number
  /** Bytes of files that wait to be added, as far as they are kept. */
  readonly waiting: number
  readonly heads: number
  /** Bytes of the learned heads' matrices. */
  readonly headBytes: number
  readonly openings: number
}
