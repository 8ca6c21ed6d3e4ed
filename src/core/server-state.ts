import type { DocumentId } from './document.ts'
import type { CredentialKind, ServerPlaceName } from './ports/server-connection.ts'
import type { SyncDirection, SyncPlan, SyncReport } from './sync/report.ts'
import type { Revision } from './sync/revision.ts'

/** The server that the library is synchronised with, as the page shows it. */
export interface ServerState {
  /** Where a server is that whoever hosts the page has put beside it, if there is one. */
  readonly nearby: string
  readonly connection: ConnectionState | undefined
  /** What is being done in this tab. */
  readonly activity: SyncActivity | undefined
  /** What the last comparison has found, until something is done. */
  readonly plan: PlannedSync | undefined
  /** Why the last comparison has found nothing. */
  readonly trouble: string | undefined
  readonly report: SyncReport | undefined
  readonly copies: readonly CopyState[]
}

export interface ConnectionState extends ServerPlaceName {
  readonly collection: string
  readonly credential: CredentialKind
  /** What this tab needs before it can speak with the server. */
  readonly needs: 'nothing' | 'passphrase' | 'credential'
  /** Minutes between two times while a tab is open; 0 for never. */
  readonly every: number
}

export interface SyncActivity {
  readonly what: 'comparing' | SyncDirection
  readonly paused: boolean
}

export interface PlannedSync {
  readonly plan: SyncPlan
  /** Whether everything was compared, and not only what has changed. */
  readonly full: boolean
}

/** A version that lost against a later one. */
export interface CopyState {
  readonly id: DocumentId
  readonly revision: Revision
  readonly title: string
  /** Whether it was this device's, or came from the server. */
  readonly from: 'here' | 'server'
  /** Milliseconds since the epoch. */
  readonly keptAt: number
}
