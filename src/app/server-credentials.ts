import { failure } from '../core/errors.ts'
import type { Cryptography } from '../core/ports/platform.ts'
import type { Credential, ServerConnection, ServerPlaceName } from '../core/ports/server-connection.ts'
import type { ConnectionState } from '../core/server-state.ts'
import { lockCredential, unlockCredential } from './lock-credential.ts'

/** The credential as long as this tab lives. */
export interface ServerCredentials {
  /** What is missing before `of` can be asked. */
  needs(connection: ServerConnection): ConnectionState['needs']
  /** @throws WrongPassphrase when it is not known. */
  of(connection: ServerConnection): Credential
  /** The connection with its credential, locked where there is a passphrase. @throws PassphraseUnsupported. */
  take(
    connection: Omit<ServerConnection, 'credential' | 'locked'>,
    credential: Credential,
    passphrase: string | undefined,
  ): Promise<ServerConnection>
  /** @param secret The passphrase, or the credential itself. @throws WrongPassphrase or PassphraseUnsupported. */
  unlock(connection: ServerConnection, secret: string | Credential): Promise<void>
  forget(): void
}

export function createServerCredentials({
  cryptography,
}: {
  readonly cryptography: Cryptography
}): ServerCredentials {
  /** With where it belongs: another tab may have connected elsewhere since, and it must not go there. */
  let held: { readonly where: string; readonly credential: Credential } | undefined

  function known(connection: ServerConnection): Credential | undefined {
    if (connection.credential === 'none') return { kind: 'none' }
    return held?.where === whereOf(connection) ? held.credential : undefined
  }

  return {
    needs(connection) {
      if (known(connection) !== undefined) return 'nothing'
      return connection.locked === undefined ? 'credential' : 'passphrase'
    },
    of(connection) {
      const credential = known(connection)
      if (credential !== undefined) return credential
      throw failure('WrongPassphrase', 'The credential of the server has to be unlocked first.')
    },
    async take(connection, credential, passphrase) {
      const kept = { ...connection, credential: credential.kind }
      held = { where: whereOf(kept), credential }
      if (credential.kind === 'none' || passphrase === undefined) return kept
      return { ...kept, locked: await lockCredential(credential, passphrase, cryptography) }
    },
    async unlock(connection, secret) {
      const { locked } = connection
      if (typeof secret !== 'string') held = { where: whereOf(connection), credential: secret }
      else if (locked !== undefined) {
        held = {
          where: whereOf(connection),
          credential: await unlockCredential(locked, secret, cryptography),
        }
      }
    },
    forget() {
      held = undefined
    },
  }
}

function whereOf({
  address,
  tenant,
  database,
  credential,
}: ServerPlaceName & Pick<ServerConnection, 'credential'>) {
  return JSON.stringify([address, tenant, database, credential])
}
