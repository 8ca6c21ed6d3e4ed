/** What the page may ask of one-file libraries. Where it stands comes back as `transfer-progressed` and `-ended`. */
import type { LibraryFileGlance } from '../core/library-file/open-library-file.ts'
import type { BlobLike, FilePlace, LibraryBlob } from '../core/ports/files.ts'

export interface ExportOptions {
  /** Locks the file; not empty. */
  readonly passphrase: string | undefined
  /** Whether the noted openings go with it. */
  readonly openings: boolean
}

export interface Transfer {
  /**
   * Writes the library into one file. Resolves with it, unless it was written to `place`, or there is none.
   * One transfer at a time: nothing happens while another one runs.
   */
  exportLibrary(options: ExportOptions, place?: FilePlace): Promise<BlobLike | undefined>
  /** What a file says of itself, or a sentence that says why it cannot be used. */
  glanceAtLibraryFile(file: LibraryBlob): Promise<LibraryFileGlance | { readonly problem: string }>
  /** Takes in what a file holds and the library has not. */
  importLibrary(file: LibraryBlob, passphrase: string | undefined): Promise<void>
  /** Stops between two documents. */
  cancelTransfer(): Promise<void>
  /** Asks for a `storage-measured`. */
  measureStorage(): Promise<void>
}
