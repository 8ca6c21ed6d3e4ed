import type { DocumentId, StoredDocument } from '../document.ts'
import type { Followed, Revision, RevisionClock } from '../sync/revision.ts'

/** What this device knows of one document, there or removed. */
export interface SyncEntry {
  readonly id: DocumentId
  /** Of what the library holds. */
  readonly revision: Revision
  /** The last one that the server is known to have had, and its records; missing while the two have not met. */
  readonly base?: { readonly revision: Revision; readonly passages: number; readonly parts: number }
  /** What this device knew of when it gave the revision, or whoever gave it. */
  readonly follows: Followed
  /** Of the row in the library, to see whether it has changed since; missing when the document was removed. */
  readonly fingerprint?: string
  /** Of what the document says, as far as it is known. */
  readonly hash?: string
  /** The server does not have it yet. */
  readonly dirty: boolean
}

/** Records on the server that must go unless their document names their revision. */
export interface DoubtfulRecords {
  readonly id: DocumentId
  readonly revision: Revision
  readonly passages: number
  readonly parts: number
}

/** A version of the server's that the library is about to hold. */
export type Taking = Omit<SyncEntry, 'dirty'> & Required<Pick<SyncEntry, 'base'>>

export interface SyncState {
  /** Name of this device: 8 letters or digits. */
  readonly device: string
  readonly clock: RevisionClock
  /** Ids of the collections that all of this is about. */
  readonly collections?: { readonly passages: string; readonly documents: string }
  /** Up to when the server's changes are known, by its clock: seconds since 2020; -1 for never. */
  readonly cursor: number
  /** Documents that the server had not whole. */
  readonly awaited: readonly DocumentId[]
  readonly doubtful: readonly DoubtfulRecords[]
  /** What the library is about to be made to hold. */
  readonly taking?: Taking | undefined
}

/** What lost against a later change, kept so that its user can have it back. */
export interface ConflictCopy {
  readonly id: DocumentId
  readonly revision: Revision
  /** The one that it lost against. */
  readonly winner: Revision
  /** Whether it was this device's, or came from the server. */
  readonly from: 'here' | 'server'
  /** Milliseconds since the epoch. */
  readonly keptAt: number
  readonly stored: StoredDocument
}

/** What a device notes of synchronising. All of it can be lost: then everything is compared again. */
export interface SyncJournal {
  state(): Promise<SyncState | undefined>
  keepState(state: SyncState): Promise<void>
  entries(): Promise<SyncEntry[]>
  /** All of them or none. */
  put(entries: readonly SyncEntry[]): Promise<void>
  drop(ids: readonly DocumentId[]): Promise<void>
  /** One of the same document and revision is replaced. */
  keepCopy(copy: ConflictCopy): Promise<void>
  /** Oldest first. */
  copies(): Promise<ConflictCopy[]>
  dropCopy(id: DocumentId, revision: Revision): Promise<void>
  clear(): Promise<void>
}
