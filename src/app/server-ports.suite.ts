import { createMemoryServerConnections } from '../adapters/memory-server-connections.ts'
import { createMemorySyncJournal } from '../adapters/memory-sync-journal.ts'
import { createMemoryVectorServer } from '../adapters/memory-vector-server.ts'
import type { Credential } from '../core/ports/server-connection.ts'
import type { VectorServer } from '../core/ports/vector-server.ts'
import type { ServerSyncPorts } from './server-ports.ts'

/** A way to one server in memory, wherever it is said to be; `shown` are the credentials that it was asked with. */
export function createServerPorts(
  server: VectorServer = createMemoryVectorServer(),
): Pick<ServerSyncPorts, 'server' | 'connections' | 'syncJournal'> & { readonly shown: Credential[] } {
  const shown: Credential[] = []
  return {
    shown,
    connections: createMemoryServerConnections(),
    syncJournal: createMemorySyncJournal(),
    server: {
      origin: 'https://notes.example',
      nearby: 'https://notes.example/chroma',
      connect(_, credential) {
        shown.push(credential)
        return server
      },
      probe: () => ({ answers: async () => false, localNetwork: async () => undefined }),
      isRefused: address => address.includes('refused'),
    },
  }
}
