import type { ServerProbe } from '../../core/ports/vector-server.ts'
import { parseServerAddress } from './chroma-address.ts'

/** Milliseconds that an answer may take. */
const PATIENCE = 5000

/** A look at a server past the rules that keep a page from reading its answers. */
export function createChromaProbe(address: string): ServerProbe {
  return {
    async answers() {
      // With `Cross-Origin-Embedder-Policy: require-corp` the browser drops what says nothing of who may embed it.
      if (globalThis.crossOriginIsolated) return undefined
      try {
        const url = `${parseServerAddress(address)}/api/v2/heartbeat`
        await fetch(url, { mode: 'no-cors', credentials: 'omit', signal: AbortSignal.timeout(PATIENCE) })
        return true
      } catch {
        return false
      }
    },
    async localNetwork() {
      try {
        // Chrome has it since version 142; others throw a TypeError.
        const name = 'local-network-access' as PermissionName
        return (await navigator.permissions.query({ name })).state
      } catch {
        return undefined
      }
    },
  }
}
