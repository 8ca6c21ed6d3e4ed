import { failure } from '../core/errors.ts'
import type { Cipher, Cryptography } from '../core/ports/platform.ts'

/** A view of plain memory, which is what the browser's functions take. */
type Bytes = Uint8Array<ArrayBuffer>

/** The browser's own cryptography. It is there on https and on localhost only. */
export function createWebCryptography(): Cryptography {
  return {
    randomBytes: count => crypto.getRandomValues(new Uint8Array(count)),
    async cipherOf(passphrase, salt, rounds) {
      const subtle = subtleCrypto()
      const secret = new TextEncoder().encode(passphrase)
      const base = await subtle.importKey('raw', secret, 'PBKDF2', false, ['deriveKey'])
      const key = await subtle.deriveKey(
        { name: 'PBKDF2', hash: 'SHA-256', salt: salt as Bytes, iterations: rounds },
        base,
        { name: 'AES-GCM', length: 256 },
        false,
        ['encrypt', 'decrypt'],
      )
      return cipherWith(subtle, key)
    },
  }
}

function cipherWith(subtle: SubtleCrypto, key: CryptoKey): Cipher {
  return {
    async seal(nonce, bytes, label) {
      return new Uint8Array(await subtle.encrypt(algorithm(nonce, label), key, bytes as Bytes))
    },
    async open(nonce, sealed, label) {
      try {
        return new Uint8Array(await subtle.decrypt(algorithm(nonce, label), key, sealed as Bytes))
      } catch {
        // An OperationError, and nothing more is to be known: that is the point of it.
        return undefined
      }
    },
  }
}

function algorithm(nonce: Uint8Array, label: Uint8Array): AesGcmParams {
  return { name: 'AES-GCM', iv: nonce as Bytes, additionalData: label as Bytes }
}

/** The type says that it is always there. */
function subtleCrypto(): SubtleCrypto {
  const { subtle } = crypto as { subtle?: SubtleCrypto }
  if (subtle !== undefined) return subtle
  throw failure(
    'PassphraseUnsupported',
    'The browser locks and unlocks files only for pages that came over https or from this very device.',
  )
}
