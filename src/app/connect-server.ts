import type { EncoderInfo } from '../core/ports/encoder.ts'
import type {
  Credential,
  ServerAccess,
  ServerConnections,
  ServerPlaceName,
} from '../core/ports/server-connection.ts'
import type { ServerCredentials } from './server-credentials.ts'
import { openCollections } from './sync-collections.ts'

export interface ConnectServerPorts {
  readonly server: ServerAccess
  readonly connections: ServerConnections
  readonly credentials: ServerCredentials
}

/** Nobody cancels what takes a moment. */
const WHOLE = { signal: new AbortController().signal, turn: async () => undefined }

/**
 * Opens the collections, or makes them, and keeps the connection, in place of another one.
 * @param passphrase Locks the credential; without it, it is not kept.
 * @throws VectorServerFailed, NewerBelfry, PassphraseUnsupported, or Error where there is no name.
 */
export async function connectServer(
  place: ServerPlaceName,
  credential: Credential,
  name: string,
  passphrase: string | undefined,
  { space, dimension }: EncoderInfo,
  { server, connections, credentials }: ConnectServerPorts,
): Promise<void> {
  const collection = name.trim()
  if (collection === '') throw new Error('The collection needs a name.')
  await openCollections({ server: server.connect(place, credential), collection, space, dimension }, WHOLE)
  const connection = await credentials.take({ ...place, collection, every: 0 }, credential, passphrase)
  await connections.forget()
  await connections.keep(connection)
}
