import { describe, expect, it } from 'vitest'
import type { ServerConnection, ServerConnections } from '../core/ports/server-connection.ts'
import type { SyncReport } from '../core/sync/report.ts'

const CONNECTION: ServerConnection = {
  address: 'https://notes.example/chroma',
  tenant: 'default_tenant',
  database: 'default_database',
  collection: 'notes',
  credential: 'bearer',
  locked: {
    rounds: 600_000,
    salt: Uint8Array.of(1),
    nonce: Uint8Array.of(2),
    sealed: Uint8Array.of(3, 4),
  },
  every: 15,
}
const REPORT: SyncReport = { at: 5, direction: 'both', kind: 'failed', sentence: 'The server is down.' }

export function runServerConnectionsSuite(name: string, open: () => ServerConnections): void {
  describe(`the connection in ${name}`, () => {
    it('is kept whole, and replaced whole, beside what came of it', async () => {
      const connections = open()
      expect([await connections.load(), await connections.report()]).toEqual([undefined, undefined])
      await connections.keep(CONNECTION)
      await connections.keepReport(REPORT)
      expect([await connections.load(), await connections.report()]).toEqual([CONNECTION, REPORT])
      const { locked: _, ...unlocked } = CONNECTION
      await connections.keep({ ...unlocked, every: 0 })
      expect(await connections.load()).toEqual({ ...unlocked, every: 0 })
      expect(await connections.report()).toEqual(REPORT)
    })

    it('is forgotten with what came of it', async () => {
      const connections = open()
      await connections.keep(CONNECTION)
      await connections.keepReport(REPORT)
      await connections.forget()
      expect([await connections.load(), await connections.report()]).toEqual([undefined, undefined])
    })
  })
}
