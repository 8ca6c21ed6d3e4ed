/** What the page may ask of a server to synchronise with. Where it stands comes back as `server-changed`. */
import type { DocumentId } from '../core/document.ts'
import type { Credential, ServerPlaceName } from '../core/ports/server-connection.ts'
import type { SyncDirection } from '../core/sync/report.ts'
import type { Revision } from '../core/sync/revision.ts'

/** A collection of the server's, as somebody chooses among them. */
export interface CollectionChoice {
  readonly name: string
  /** Why this library cannot be kept there, as a sentence. */
  readonly problem: string | undefined
}

export type ServerTest =
  | {
      readonly kind: 'connected'
      /** Without those that stand beside one of Belfry's. */
      readonly collections: readonly CollectionChoice[]
      /** That of a short call. */
      readonly milliseconds: number
    }
  | { readonly kind: 'failed'; readonly sentence: string; readonly cure: string }

/** A sentence that says why it was not done. */
export interface Refusal {
  readonly problem: string
}

export interface Server {
  /** Asks for a `server-changed`. */
  measureServer(): Promise<void>
  testServer(place: ServerPlaceName, credential: Credential): Promise<ServerTest>
  /**
   * Opens the collection, or makes it, and synchronises with it from now on, when somebody says so.
   * @param passphrase Locks the credential, so that it can be kept; without it, it is gone with the tab.
   */
  connectServer(
    place: ServerPlaceName,
    credential: Credential,
    collection: string,
    passphrase?: string,
  ): Promise<Refusal | undefined>
  /** What this tab needs, as `connection.needs` says: the passphrase, or the credential itself. */
  unlockServer(secret: string | Credential): Promise<Refusal | undefined>
  /** Forgets the connection and its credential. Documents stay, here and there. */
  disconnectServer(): Promise<void>
  /** Minutes between two times while a tab is open; 0 for never. */
  scheduleSync(every: number): Promise<void>
  /** Looks at both sides and changes nothing. One thing at a time: nothing happens while something else is done. */
  compareWithServer(full: boolean): Promise<void>
  synchronise(direction: SyncDirection, full: boolean): Promise<void>
  /** Between two steps. */
  pauseSync(): Promise<void>
  resumeSync(): Promise<void>
  /** What was done stays, and the next time goes on from there. */
  cancelSync(): Promise<void>
  /** Puts a version that has lost into the library again, as a new change. */
  takeCopyBack(id: DocumentId, revision: Revision): Promise<void>
  /** Its text; `undefined` when it is there no more. */
  readCopy(id: DocumentId, revision: Revision): Promise<string | undefined>
  dropCopy(id: DocumentId, revision: Revision): Promise<void>
}
