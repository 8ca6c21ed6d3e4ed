import type { LibraryDocument, SpaceId, StoredDocument } from '../core/document.ts'
import type { Exclusive } from '../core/exclusive.ts'
import type { Library } from '../core/ports/library.ts'
import type { Clock, Cryptography, Sha256 } from '../core/ports/platform.ts'
import type { SyncJournal } from '../core/ports/sync-journal.ts'
import type { AbortNotice, VectorServer } from '../core/ports/vector-server.ts'
import type { SyncDirection, SyncOutcome, SyncPlan, SyncProgress } from '../core/sync/report.ts'

/** What is to be synchronised with what. */
export interface SyncPorts {
  readonly server: VectorServer
  /** Name of the collection of passages; that of the documents is beside it. */
  readonly collection: string
  /** Of the vectors of the model in use; others are never sent. */
  readonly space: SpaceId
  readonly dimension: number
  readonly library: Library
  readonly journal: SyncJournal
  readonly clock: Pick<Clock, 'now' | 'breathe'>
  readonly cryptography: Pick<Cryptography, 'randomBytes'>
  readonly createSha256: () => Sha256
  /** Nobody else writes while a document is taken in; others get their turn between two. */
  readonly exclusive: Exclusive
  /** The library holds it; it is not in the indexes yet. Without vectors where the server had none that fit. */
  readonly onTaken: (stored: StoredDocument) => Promise<void>
  /** The library does not hold it any more; the indexes still do. */
  readonly onRemoved: (document: LibraryDocument) => Promise<void>
  /** Seconds by which each look goes back behind the last: more than a request takes with all its repetitions. */
  readonly overlap?: number
}

/** Looked at between two steps. */
export interface SyncControl {
  readonly signal: AbortNotice
  /** Resolves when the next step may be taken; a `Pace` fits. */
  turn(): Promise<void>
}

export interface SyncOptions {
  readonly control: SyncControl
  readonly progress?: (progress: SyncProgress) => void
  /** Everything is compared, not only what has changed; what the server has lost is sent again. */
  readonly full?: boolean
}

export interface Sync {
  /** Notes what was changed here since the last time, so that it counts as changed now and not later. */
  note(): Promise<void>
  /** Looks and changes nothing. @throws VectorServerFailed, NewerBelfry or Cancelled. */
  plan(direction: SyncDirection, options: SyncOptions): Promise<SyncPlan>
  /**
   * Goes on from wherever it was stopped before, by whatever it was.
   * @throws VectorServerFailed, NewerBelfry, StorageFull or Cancelled. What was done by then stays.
   */
  run(direction: SyncDirection, options: SyncOptions): Promise<SyncOutcome>
}
