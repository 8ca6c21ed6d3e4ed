import type { Library } from '../core/ports/library.ts'
import type { Clock, Cryptography, Sha256 } from '../core/ports/platform.ts'
import type { ServerAccess, ServerConnections } from '../core/ports/server-connection.ts'
import type { SyncJournal } from '../core/ports/sync-journal.ts'
import type { LibraryChanges, Tabs } from '../core/ports/tabs.ts'

export interface ServerSyncPorts {
  readonly server: ServerAccess
  readonly connections: ServerConnections
  readonly syncJournal: SyncJournal
  readonly library: Library
  readonly clock: Clock
  readonly cryptography: Cryptography
  readonly createSha256: () => Sha256
  readonly tabs: Tabs
  readonly changes: Pick<LibraryChanges, 'announce'>
}
