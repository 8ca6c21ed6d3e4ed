import type { LibraryDocument } from '../core/document.ts'
import type { FolderHandle } from '../core/folder-state.ts'
import type { ImportFile } from './app-state.ts'

/** What people do on the page that the state must know; everything else goes to the engine. */
export type UiEvent =
  | { readonly type: 'query-typed'; readonly query: string }
  /** The offer to undo has run out, or was dismissed. */
  | { readonly type: 'removal-settled' }
  | { readonly type: 'summary-dismissed' }
  | { readonly type: 'storage-notice-dismissed' }
  | { readonly type: 'trouble-dismissed' }
  | { readonly type: 'rebuilt-dismissed' }
  /** Something outside of the engine failed; a sentence. */
  | { readonly type: 'trouble-met'; readonly message: string }
  /** Links were pasted, and became a note. */
  | { readonly type: 'links-pasted'; readonly links: number }
  | { readonly type: 'links-dismissed' }
  | { readonly type: 'model-retried' }
  /** `earlier` ones are offered still. */
  | {
      readonly type: 'folders-dropped'
      readonly folders: readonly FolderHandle[]
      readonly earlier: readonly FolderHandle[]
    }
  /** It is looked at again from now on, or not to be. */
  | { readonly type: 'folder-offer-settled'; readonly folder: FolderHandle }
  /** Somebody wants to choose the columns of the table that it was read from. */
  | { readonly type: 'columns-asked'; readonly document: LibraryDocument }
  | { readonly type: 'columns-settled' }
  /** A library file was chosen or dropped. */
  | { readonly type: 'import-asked'; readonly file: ImportFile }
  /** What came of synchronising was seen. */
  | { readonly type: 'sync-seen' }
  /** What came of a transfer was seen, or the file is not to be imported after all. */
  | { readonly type: 'transfer-settled' }
