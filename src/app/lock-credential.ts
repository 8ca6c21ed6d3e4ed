import { failure } from '../core/errors.ts'
import { ROUNDS } from '../core/library-file/file-header.ts'
import { decodeUtf8, encodeUtf8 } from '../core/library-file/utf8.ts'
import type { Cryptography } from '../core/ports/platform.ts'
import type { Credential, LockedCredential } from '../core/ports/server-connection.ts'

/** Bound to what is sealed, so that nothing else that a passphrase has locked is taken for it. */
const LABEL = encodeUtf8('belfry server credential 1')

/** @throws PassphraseUnsupported where the browser has no cryptography for this page. */
export async function lockCredential(
  credential: Credential,
  passphrase: string,
  { randomBytes, cipherOf }: Cryptography,
): Promise<LockedCredential> {
  const [salt, nonce] = [randomBytes(16), randomBytes(12)]
  const cipher = await cipherOf(passphrase, salt, ROUNDS)
  const sealed = await cipher.seal(nonce, encodeUtf8(JSON.stringify(credential)), LABEL)
  return { rounds: ROUNDS, salt, nonce, sealed }
}

/** @throws WrongPassphrase or PassphraseUnsupported, with a sentence. */
export async function unlockCredential(
  { rounds, salt, nonce, sealed }: LockedCredential,
  passphrase: string,
  { cipherOf }: Cryptography,
): Promise<Credential> {
  const bytes = await (await cipherOf(passphrase, salt, rounds)).open(nonce, sealed, LABEL)
  if (bytes === undefined) throw failure('WrongPassphrase', 'This is not the passphrase.')
  // Sealed with this key, so it is what was put in.
  return JSON.parse(decodeUtf8(bytes)) as Credential
}
