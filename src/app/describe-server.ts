import type { ServerAccess, ServerConnections } from '../core/ports/server-connection.ts'
import type { SyncJournal } from '../core/ports/sync-journal.ts'
import type { ServerState } from '../core/server-state.ts'
import { listCopies } from './conflict-copies.ts'
import type { ServerCredentials } from './server-credentials.ts'

export interface DescribeServerPorts {
  readonly server: Pick<ServerAccess, 'nearby'>
  readonly connections: Pick<ServerConnections, 'load' | 'report'>
  readonly syncJournal: Pick<SyncJournal, 'copies'>
  readonly credentials: Pick<ServerCredentials, 'needs'>
}

/** What is stored of the server, beside what this tab does about it; without any credential. */
export async function describeServer(
  doing: Pick<ServerState, 'activity' | 'plan' | 'trouble'>,
  { server, connections, syncJournal, credentials }: DescribeServerPorts,
): Promise<ServerState> {
  const connection = await connections.load()
  const copies = await listCopies({ journal: syncJournal })
  const base = { ...doing, nearby: server.nearby, copies, report: await connections.report() }
  if (connection === undefined) return { ...base, connection }
  const { address, tenant, database, collection, credential, every } = connection
  const needs = credentials.needs(connection)
  return { ...base, connection: { address, tenant, database, collection, credential, needs, every } }
}
