import type { ServerConnection, ServerConnections } from '../core/ports/server-connection.ts'
import type { SyncReport } from '../core/sync/report.ts'

/** For tests. */
export function createMemoryServerConnections(): ServerConnections {
  let connection: ServerConnection | undefined
  let report: SyncReport | undefined
  return {
    load: async () => connection,
    async keep(kept) {
      connection = kept
    },
    report: async () => report,
    async keepReport(kept) {
      report = kept
    },
    async forget() {
      connection = undefined
      report = undefined
    },
  }
}
