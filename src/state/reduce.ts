import type { DocumentId, LibraryDocument } from '../core/document.ts'
import type { BelfryEvent, DocumentLike, FileState } from '../core/events.ts'
import type { FolderHandle } from '../core/folder-state.ts'
import {
  type AppState,
  EMPTY_QUEUE,
  type EvaluationState,
  type FailureCode,
  type Queue,
  type SearchState,
  type SyncState,
  type TransferState,
} from './app-state.ts'
import { type Batch, createBatch } from './batch.ts'
import { changeFile, enqueue } from './reduce-queue.ts'
import type { UiEvent } from './ui-event.ts'

export type AppEvent = BelfryEvent | UiEvent

/** The state after `event`, which arrived `at` milliseconds since the epoch. */
export function reduce(state: AppState, event: AppEvent, at: number): AppState {
  return reduceAll(state, [event], at)
}

/** The state after a batch of events. A batch of n events over m files costs O(n + m), not O(n × m). */
export function reduceAll(state: AppState, events: readonly AppEvent[], at: number): AppState {
  const batch = createBatch(at)
  return events.reduce((current, event) => step(current, event, batch), state)
}

function step(state: AppState, event: AppEvent, batch: Batch): AppState {
  switch (event.type) {
    case 'model-progressed':
      return { ...state, model: { ...loading(state), loaded: event.loaded, total: event.total } }
    case 'model-repaired':
      return { ...state, model: { ...loading(state), repairing: event.file } }
    case 'model-ready':
      return { ...state, model: { kind: 'ready', info: event.info } }
    case 'model-failed':
      return { ...state, model: { kind: 'failed', code: event.code, message: event.message } }
    case 'model-retried':
      return { ...state, model: { ...loading(state), loaded: 0, total: 0 } }
    case 'library-opened':
      return { ...state, library: { kind: 'open' }, documents: byId(event.documents) }
    case 'library-failed':
      return { ...state, library: { kind: 'failed', code: event.code, message: event.message } }
    case 'restore-progressed':
      return { ...state, restore: { done: event.done, total: event.total } }
    case 'restore-finished':
      return { ...state, restore: undefined }
    case 'files-queued':
      return withQueue(state, enqueue(state.queue, event.files, batch))
    case 'file-changed':
      return fileChanged(state, event.ticket, event.state, batch)
    case 'document-added':
      return documentAdded(state, event.document, batch)
    case 'ingest-finished':
      // Whether adding runs is known from its files: a run may end while others wait for the next one.
      return state
    case 'adding-paused':
      return withQueue(state, { ...state.queue, paused: event.paused })
    case 'files-left-behind':
      return { ...state, leftBehind: event.paths }
    case 'folders-changed':
      return { ...state, folders: event.folders }
    case 'folder-progressed':
      return { ...state, folders: withProgress(state.folders, event.id, event.files) }
    case 'document-removed':
      return documentRemoved(state, event, batch)
    case 'document-replaced':
      return { ...state, documents: withoutDocument(state, event.id, batch) }
    case 'likes-changed':
      return { ...state, likes: withLikes(state, event.likes, batch) }
    case 'library-cleared':
      return cleared(state)
    case 'command-failed':
      return commandFailed(state, event.code, event.message)
    case 'index-rebuilt':
      return { ...state, rebuilt: event.why }
    case 'rebuilt-dismissed':
      return { ...state, rebuilt: undefined }
    case 'trouble-met':
      return { ...state, trouble: event.message }
    case 'links-pasted':
      return { ...state, pastedLinks: event.links }
    case 'links-dismissed':
      return { ...state, pastedLinks: 0 }
    case 'trouble-dismissed':
      return { ...state, trouble: undefined }
    case 'samples-offered':
      return { ...state, exampleQueries: event.queries }
    case 'usage-measured':
      return { ...state, usage: event.usage }
    case 'storage-measured':
      return { ...state, storage: event.storage }
    case 'transfer-progressed':
      return withTransfer(state, { running: event, outcome: undefined })
    case 'transfer-ended':
      return withTransfer(state, { running: undefined, outcome: event.outcome })
    case 'import-asked':
      // Whoever drops a file while another one is being imported sees that one.
      return state.transfer.running === undefined
        ? withTransfer(state, { file: event.file, outcome: undefined })
        : state
    case 'transfer-settled':
      return withTransfer(state, { file: undefined, outcome: undefined })
    case 'server-changed':
      return withSync(state, {
        server: event.server,
        ...(event.server.activity ? {} : { progress: undefined }),
      })
    case 'sync-progressed':
      return withSync(state, { progress: event.progress })
    case 'sync-ended':
      return withSync(state, { unseen: event.report })
    case 'sync-seen':
      return state.sync.unseen === undefined ? state : withSync(state, { unseen: undefined })
    case 'folders-dropped':
      return {
        ...state,
        droppedFolders: [...offers(event.earlier, false), ...offers(event.folders, true)],
      }
    case 'folder-offer-settled':
      return {
        ...state,
        droppedFolders: state.droppedFolders.filter(({ handle }) => handle !== event.folder),
      }
    case 'columns-asked':
      return { ...state, columnsOf: event.document }
    case 'columns-settled':
      return { ...state, columnsOf: undefined }
    case 'index-changed':
      return { ...state, index: event.index }
    case 'passages-changed':
      return { ...state, passages: event.passages }
    case 'learning-changed':
      return { ...state, learning: event.learning }
    case 'query-typed':
      return withSearch(state, { ...state.search, query: event.query, failure: undefined })
    case 'search-finished':
      return isCurrent(state, event.query)
        ? withSearch(state, { query: state.search.query, answered: event, failure: undefined })
        : state
    case 'search-failed':
      return isCurrent(state, event.query)
        ? withSearch(state, { ...state.search, failure: event.message })
        : state
    case 'evaluation-progressed':
      return withEvaluation(state, { running: event, failure: undefined })
    case 'evaluation-finished':
      return withEvaluation(state, { running: undefined, report: event.report, failure: undefined })
    case 'evaluation-failed':
      return withEvaluation(state, { running: undefined, failure: event.message })
    case 'evaluation-cancelled':
      return withEvaluation(state, { running: undefined, failure: undefined })
    case 'removal-settled':
      return { ...state, removal: undefined }
    case 'summary-dismissed':
      return summaryDismissed(state)
    case 'storage-notice-dismissed':
      return { ...state, storageFull: false }
    default:
      return unexpected(event)
  }
}

function loading(state: AppState) {
  const nothing = { kind: 'loading', loaded: 0, total: 0, repairing: undefined } as const
  return state.model.kind === 'loading' ? state.model : nothing
}

function byId(documents: readonly LibraryDocument[]): AppState['documents'] {
  return new Map(documents.map(document => [document.id, document]))
}

function withQueue(state: AppState, queue: Queue): AppState {
  return queue === state.queue ? state : { ...state, queue }
}

function withSearch(state: AppState, search: SearchState): AppState {
  return { ...state, search }
}

function withEvaluation(state: AppState, changed: Partial<EvaluationState>): AppState {
  return { ...state, evaluation: { ...state.evaluation, ...changed } }
}

function withTransfer(state: AppState, changed: Partial<TransferState>): AppState {
  return { ...state, transfer: { ...state.transfer, ...changed } }
}

function withSync(state: AppState, changed: Partial<SyncState>): AppState {
  return { ...state, sync: { ...state.sync, ...changed } }
}

function withProgress(folders: AppState['folders'], id: string, looking: number): AppState['folders'] {
  return folders.map(folder => (folder.id === id ? { ...folder, looking } : folder))
}

/** An answer to a query that is no longer typed is never shown. */
function isCurrent(state: AppState, query: string): boolean {
  return query === state.search.query.trim()
}

function fileChanged(state: AppState, ticket: number, file: FileState, batch: Batch): AppState {
  const storageFull = state.storageFull || (file.kind === 'failed' && file.code === 'StorageFull')
  return { ...state, queue: changeFile(state.queue, ticket, file, batch), storageFull }
}

function documentAdded(state: AppState, document: LibraryDocument, batch: Batch): AppState {
  const documents = batch.own(state.documents).set(document.id, document)
  const removal = state.removal?.id === document.id ? undefined : state.removal
  return { ...state, documents, removal }
}

function withoutDocument(state: AppState, id: DocumentId, batch: Batch): AppState['documents'] {
  const documents = batch.own(state.documents)
  documents.delete(id)
  return documents
}

function withLikes(state: AppState, changed: readonly DocumentLike[], batch: Batch): AppState['likes'] {
  const likes = batch.own(state.likes)
  for (const { id, like } of changed) {
    if (like === undefined) likes.delete(id)
    else likes.set(id, like)
  }
  return likes
}

function documentRemoved(
  state: AppState,
  { id, title, undoable }: Extract<BelfryEvent, { type: 'document-removed' }>,
  batch: Batch,
): AppState {
  const documents = withoutDocument(state, id, batch)
  return { ...state, documents, removal: { id, title, undoable }, storageFull: false }
}

function summaryDismissed(state: AppState): AppState {
  const handles = state.droppedFolders.map(({ handle }) => handle)
  const queue = { ...state.queue, summaryDismissed: true }
  return { ...state, queue, droppedFolders: offers(handles, false) }
}

function offers(handles: readonly FolderHandle[], isRecent: boolean): AppState['droppedFolders'] {
  return handles.map(handle => ({ handle, isRecent }))
}

/** A full disk has a notice of its own. */
function commandFailed(state: AppState, code: FailureCode, message: string): AppState {
  return code === 'StorageFull' ? { ...state, storageFull: true } : { ...state, trouble: message }
}

function cleared(state: AppState): AppState {
  return {
    ...state,
    documents: new Map(),
    likes: new Map(),
    queue: state.queue.running ? state.queue : EMPTY_QUEUE,
    search: { query: '', answered: undefined, failure: undefined },
    removal: undefined,
    exampleQueries: [],
    droppedFolders: [],
    storageFull: false,
  }
}

/** A new event that nobody shows is a compile error here. */
function unexpected(event: never): never {
  throw new Error(`expected a known event, got ${JSON.stringify(event)}`)
}
