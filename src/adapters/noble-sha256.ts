import { sha256 } from '@noble/hashes/sha2.js'
import { bytesToHex } from '@noble/hashes/utils.js'
import type { Sha256 } from '../core/ports/platform.ts'

/** SHA-256 that can be fed piece by piece and needs no secure context, unlike `crypto.subtle`. */
export function createSha256(): Sha256 {
  const hash = sha256.create()
  return {
    update: bytes => void hash.update(bytes),
    digest: () => bytesToHex(hash.digest()),
  }
}
