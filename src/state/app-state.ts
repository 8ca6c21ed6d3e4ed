/** Everything the page shows, as one value. Only the reducer makes new ones. */
import type { DocumentId, LibraryDocument } from '../core/document.ts'
import type { EvaluationReport } from '../core/evaluation/report.ts'
import type { EvaluationProgress, FileState, QueuedFile, Ticket } from '../core/events.ts'
import type { ErrorCode } from '../core/errors.ts'
import type { FolderHandle, FolderState } from '../core/folder-state.ts'
import { FIRST_INDEX_STATE, type IndexState } from '../core/index-state.ts'
import type { LearningState } from '../core/learning-state.ts'
import type { PassagesState } from '../core/passages-state.ts'
import type { EncoderInfo } from '../core/ports/encoder.ts'
import type { LibraryBlob } from '../core/ports/files.ts'
import type { LibraryUsage } from '../core/ports/library.ts'
import type { SearchAnswer } from '../core/ranking/answer.ts'
import type { ServerState } from '../core/server-state.ts'
import type { SyncProgress, SyncReport } from '../core/sync/report.ts'
import type { StorageUse, TransferOutcome, TransferProgress } from '../core/transfer-state.ts'

export type FailureCode = ErrorCode | 'Unknown'

export type ModelState =
  /** `total` is 0 until the manifest is read; `repairing` names a stored file that was broken and is fetched again. */
  | {
      readonly kind: 'loading'
      readonly loaded: number
      readonly total: number
      readonly repairing: string | undefined
    }
  | { readonly kind: 'ready'; readonly info: EncoderInfo }
  | { readonly kind: 'failed'; readonly code: FailureCode; readonly message: string }

export type LibraryState =
  | { readonly kind: 'opening' }
  | { readonly kind: 'open' }
  | { readonly kind: 'failed'; readonly code: FailureCode; readonly message: string }

export interface QueueEntry {
  readonly file: QueuedFile
  readonly state: FileState
}

export type FileCounts = Readonly<Record<FileState['kind'], number>>

/** The files of the current (or the last) adding. Times are milliseconds since the epoch. */
export interface Queue {
  readonly entries: ReadonlyMap<Ticket, QueueEntry>
  /** How many entries are in each state: kept along, so that nobody counts 10,000 files per event. */
  readonly counts: FileCounts
  readonly running: boolean
  /** Nothing new is begun; what is in hand is finished. */
  readonly paused: boolean
  /** Passages embedded so far, those of unfinished files included. */
  readonly passages: number
  readonly startedAt: number
  /** What was done before `startedAt`, when adding goes on after a pause: the pace does not count it. */
  readonly before: { readonly passages: number; readonly settled: number }
  /** Time of the last event about it: what the pace is measured against. */
  readonly measuredAt: number
  readonly summaryDismissed: boolean
}

export interface Answered {
  readonly query: string
  readonly answer: SearchAnswer
}

export interface SearchState {
  /** What stands in the search field. */
  readonly query: string
  /** The newest answer, which may belong to an older query than the one that is typed. */
  readonly answered: Answered | undefined
  /** Why `query` has no answer. */
  readonly failure: string | undefined
}

export interface Removal {
  readonly id: DocumentId
  readonly title: string
  readonly undoable: boolean
}

/** What a set of the user's own says about the search. */
export interface EvaluationState {
  readonly running: EvaluationProgress | undefined
  /** Of the last set that ran through; stays when a later one fails. */
  readonly report: EvaluationReport | undefined
  /** Why the last set has no report. */
  readonly failure: string | undefined
}

/** A library file that somebody chose or dropped, to be imported. */
export interface ImportFile {
  readonly name: string
  readonly blob: LibraryBlob
}

/** Carrying the library in one file. */
export interface TransferState {
  readonly running: TransferProgress | undefined
  /** Of the last one, until it was seen. */
  readonly outcome: TransferOutcome | undefined
  readonly file: ImportFile | undefined
}

/** Synchronising with a server. */
export interface SyncState {
  /** `undefined` until somebody has asked, or something was done. */
  readonly server: ServerState | undefined
  /** How far what is being done is. */
  readonly progress: SyncProgress | undefined
  /** Of the last time in this tab, until it was seen. */
  readonly unseen: SyncReport | undefined
}

export interface AppState {
  readonly model: ModelState
  readonly library: LibraryState
  /** In the order in which they were added. */
  readonly documents: ReadonlyMap<DocumentId, LibraryDocument>
  /** The document that is likest to each one, where one says nearly the same. */
  readonly likes: ReadonlyMap<DocumentId, DocumentId>
  /** While the indexes are being filled again after a start. */
  readonly restore: { readonly done: number; readonly total: number } | undefined
  readonly queue: Queue
  /** Paths of files that tabs had still to take in when they ended. */
  readonly leftBehind: readonly string[]
  /** The folders that are looked at again. */
  readonly folders: readonly FolderState[]
  /** Folders that were dropped and may be looked at again; `isRecent` until the summary of their drop was dismissed. */
  readonly droppedFolders: readonly { readonly handle: FolderHandle; readonly isRecent: boolean }[]
  readonly search: SearchState
  /** The last removal, for as long as it is offered to be undone. */
  readonly removal: Removal | undefined
  readonly exampleQueries: readonly string[]
  readonly usage: LibraryUsage | undefined
  /** What takes space beside the documents; `undefined` until somebody has asked. */
  readonly storage: StorageUse | undefined
  readonly transfer: TransferState
  readonly sync: SyncState
  /** One that was read from a table, while somebody chooses its columns. */
  readonly columnsOf: LibraryDocument | undefined
  readonly index: IndexState
  /** `undefined` until somebody has asked. */
  readonly learning: LearningState | undefined
  /** `undefined` until somebody has asked, or documents are cut again. */
  readonly passages: PassagesState | undefined
  readonly storageFull: boolean
  /** What was asked for and failed, as a sentence. */
  readonly trouble: string | undefined
  /** How many links were pasted last, until that was seen; 0 for none. */
  readonly pastedLinks: number
  /** Why a saved index was of no use: ends a sentence that begins with it. */
  readonly rebuilt: string | undefined
  readonly evaluation: EvaluationState
}

export const NO_FILES: FileCounts = {
  queued: 0,
  reading: 0,
  embedding: 0,
  done: 0,
  partly: 0,
  skipped: 0,
  failed: 0,
  cancelled: 0,
}

export const EMPTY_QUEUE: Queue = {
  entries: new Map(),
  counts: NO_FILES,
  running: false,
  paused: false,
  passages: 0,
  startedAt: 0,
  before: { passages: 0, settled: 0 },
  measuredAt: 0,
  summaryDismissed: false,
}

export const FIRST_STATE: AppState = {
  model: { kind: 'loading', loaded: 0, total: 0, repairing: undefined },
  library: { kind: 'opening' },
  documents: new Map(),
  likes: new Map(),
  restore: undefined,
  queue: EMPTY_QUEUE,
  leftBehind: [],
  folders: [],
  droppedFolders: [],
  search: { query: '', answered: undefined, failure: undefined },
  removal: undefined,
  exampleQueries: [],
  usage: undefined,
  storage: undefined,
  transfer: { running: undefined, outcome: undefined, file: undefined },
  sync: { server: undefined, progress: undefined, unseen: undefined },
  columnsOf: undefined,
  index: FIRST_INDEX_STATE,
  learning: undefined,
  passages: undefined,
  storageFull: false,
  trouble: undefined,
  pastedLinks: 0,
  rebuilt: undefined,
  evaluation: { running: undefined, report: undefined, failure: undefined },
}
