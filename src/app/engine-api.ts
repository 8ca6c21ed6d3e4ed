/** What the page may ask for. Answers that concern everybody come back as events; see `core/events.ts`. */
import type { DocumentContents, DocumentId } from '../core/document.ts'
import type { BelfryEvent } from '../core/events.ts'
import type { Backend } from '../core/ports/encoder.ts'
import type { SourceFile } from '../core/ports/files.ts'
import type { Adding } from './adding-api.ts'
import type { Folders } from './folders-api.ts'
import type { Indexing } from './indexing-api.ts'
import type { Learning } from './learning-api.ts'
import type { Passages } from './passages-api.ts'
import type { Server } from './server-api.ts'
import type { Tables } from './tables-api.ts'
import type { Transfer } from './transfer-api.ts'

/** A method rejects only for a mistake of ours; a failure of the world is an event. */
export interface Engine extends Adding, Folders, Tables, Learning, Indexing, Passages, Transfer, Server {
  /** Events arrive in batches, in order. */
  subscribe(listener: (events: readonly BelfryEvent[]) => void): Promise<void>
  start(): Promise<void>
  /**
   * The answer arrives as `search-finished` or `search-failed` with the query; where that takes longer, the first results
   * come before the whole of it. A newer search drops this one.
   */
  search(query: string): Promise<void>
  /** `undefined` when the document is no longer in the library. */
  open(id: DocumentId): Promise<DocumentContents | undefined>
  remove(id: DocumentId): Promise<void>
  /** Puts the document of the last `document-removed` back. */
  undoRemove(): Promise<void>
  clear(): Promise<void>
  /** Fills the library with the texts that come with the page, and tells of them with `samples-offered`. */
  addSamples(): Promise<void>
  /** After `model-failed`. */
  retryModel(): Promise<void>
  measureUsage(): Promise<void>
  /** What `files-left-behind` told of was seen. */
  forgetLeftBehind(): Promise<void>
  /**
   * Runs a retrieval set in BEIR's layout through encoder, words and fusion, in memory, beside the library. One at a time:
   * nothing happens while another one runs. The outcome is `evaluation-finished`, `-failed` or `-cancelled`.
   */
  evaluate(files: readonly SourceFile[]): Promise<void>
  cancelEvaluation(): Promise<void>
}

/** What the engine's worker exposes: the engine, and what must be known before it starts. */
export interface EngineWorker extends Engine {
  /** @param options.backend The one wanted; a real GPU, or else WASM, when it is left out. */
  configure(options: { readonly backend?: Backend }): Promise<void>
  /** Files that the next call of `add` is to begin with: the page would stand still while many cross at once. */
  addLater(files: readonly SourceFile[]): Promise<void>
}
