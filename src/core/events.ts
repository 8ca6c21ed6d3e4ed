/** Everything that can happen, as one union; the past tense, and cloneable. */
import type { DocumentId, LibraryDocument } from './document.ts'
import type { ErrorCode } from './errors.ts'
import type { FolderState } from './folder-state.ts'
import type { IndexState } from './index-state.ts'
import type { LearningState } from './learning-state.ts'
import type { EvaluationReport } from './evaluation/report.ts'
import type { PassagesState } from './passages-state.ts'
import type { EncoderInfo } from './ports/encoder.ts'
import type { ServerState } from './server-state.ts'
import type { SyncProgress, SyncReport } from './sync/report.ts'
import type { LibraryUsage } from './ports/library.ts'
import type { SearchAnswer } from './ranking/answer.ts'
import type { StorageUse, TransferOutcome, TransferProgress } from './transfer-state.ts'

/** Number of a file in the queue; unique while the page lives. */
export type Ticket = number

export type FileState =
  | { readonly kind: 'queued' }
  | { readonly kind: 'reading' }
  | { readonly kind: 'embedding'; readonly done: number; readonly total: number }
  /** `documents` where there is more than one. */
  | {
      readonly kind: 'done'
      readonly passages: number
      readonly documents?: number
      /** What is worth knowing of it all the same. */
      readonly reason?: string
    }
  /** Something of it is stored, and something is not. */
  | { readonly kind: 'partly'; readonly reason: string }
  | { readonly kind: 'skipped'; readonly reason: string }
  /** `code` where it is known: a full disk concerns every file that follows. */
  | { readonly kind: 'failed'; readonly reason: string; readonly code?: ErrorCode }
  | { readonly kind: 'cancelled' }

export interface QueuedFile {
  readonly ticket: Ticket
  readonly name: string
  readonly path: string
}

/** The document that says nearly the same as another one; `undefined` where none does any more. */
export interface DocumentLike {
  readonly id: DocumentId
  readonly like: DocumentId | undefined
}

export interface EvaluationProgress {
  readonly set: string
  readonly step: 'reading' | 'encoding' | 'indexing' | 'searching'
  /** In the unit of the step; `total` is 0 while nobody knows. */
  readonly done: number
  readonly total: number
}

export type BelfryEvent =
  | { readonly type: 'model-progressed'; readonly loaded: number; readonly total: number }
  | { readonly type: 'model-repaired'; readonly file: string }
  | { readonly type: 'model-ready'; readonly info: EncoderInfo }
  | { readonly type: 'model-failed'; readonly code: ErrorCode | 'Unknown'; readonly message: string }
  | { readonly type: 'library-opened'; readonly documents: readonly LibraryDocument[] }
  | { readonly type: 'library-failed'; readonly code: ErrorCode | 'Unknown'; readonly message: string }
  /** How many of the library's documents can be found by now. */
  | { readonly type: 'restore-progressed'; readonly done: number; readonly total: number }
  | { readonly type: 'restore-finished' }
  /** An index as it was saved is of no use, and is made anew. `why` ends a sentence that begins with it. */
  | { readonly type: 'index-rebuilt'; readonly why: string; readonly detail: string | undefined }
  | { readonly type: 'files-queued'; readonly files: readonly QueuedFile[] }
  | { readonly type: 'file-changed'; readonly ticket: Ticket; readonly state: FileState }
  | { readonly type: 'document-added'; readonly document: LibraryDocument }
  /** A newer version of its file has been taken in, or its file or folder was forgotten: nothing can be put back. */
  | { readonly type: 'document-replaced'; readonly id: DocumentId }
  /** All remembered folders. */
  | { readonly type: 'folders-changed'; readonly folders: readonly FolderState[] }
  /** Files seen so far of a folder that is looked at. */
  | { readonly type: 'folder-progressed'; readonly id: string; readonly files: number }
  | { readonly type: 'ingest-finished' }
  /** Nothing new is begun until it goes on. */
  | { readonly type: 'adding-paused'; readonly paused: boolean }
  /** What tabs that have ended had not taken in, and could not be kept. Empty when there is none. */
  | { readonly type: 'files-left-behind'; readonly paths: readonly string[] }
  | {
      readonly type: 'document-removed'
      readonly id: DocumentId
      readonly title: string
      readonly undoable: boolean
    }
  /** Those that have changed. */
  | { readonly type: 'likes-changed'; readonly likes: readonly DocumentLike[] }
  | { readonly type: 'library-cleared' }
  /** Removing, putting back, clearing or opening the samples failed. */
  | { readonly type: 'command-failed'; readonly code: ErrorCode | 'Unknown'; readonly message: string }
  /** The sample documents are being added; these queries show them off. */
  | { readonly type: 'samples-offered'; readonly queries: readonly string[] }
  | { readonly type: 'usage-measured'; readonly usage: LibraryUsage }
  | { readonly type: 'index-changed'; readonly index: IndexState }
  | { readonly type: 'passages-changed'; readonly passages: PassagesState }
  | { readonly type: 'learning-changed'; readonly learning: LearningState }
  /** Comes twice where the first results are there before the whole answer. */
  | { readonly type: 'search-finished'; readonly query: string; readonly answer: SearchAnswer }
  | { readonly type: 'search-failed'; readonly query: string; readonly message: string }
  | ({ readonly type: 'evaluation-progressed' } & EvaluationProgress)
  | { readonly type: 'evaluation-finished'; readonly report: EvaluationReport }
  | { readonly type: 'evaluation-failed'; readonly message: string }
  | { readonly type: 'evaluation-cancelled' }
  | ({ readonly type: 'transfer-progressed' } & TransferProgress)
  | { readonly type: 'transfer-ended'; readonly outcome: TransferOutcome }
  | { readonly type: 'server-changed'; readonly server: ServerState }
  | { readonly type: 'sync-progressed'; readonly progress: SyncProgress }
  | { readonly type: 'sync-ended'; readonly report: SyncReport }
  | { readonly type: 'storage-measured'; readonly storage: StorageUse }

export type Emit = (event: BelfryEvent) => void
