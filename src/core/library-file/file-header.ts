/**
 * The first 64 bytes of a library file, the same in every version:
 *
 *      0  8  89 'BELF' 0D 0A 1A: neither text nor any other format, and broken by whatever changes line ends
 *      8  2  version
 *     10  2  1 when the file is locked, 0 otherwise
 *     12  4  rounds of PBKDF2    ┐
 *     16 16  salt                ├ zero in a file without a lock
 *     32 16  check of the key    ┘
 *     48 16  the first half of the SHA-256 of what stands before
 */
import type { Sha256 } from '../ports/platform.ts'
import { badFile } from './bad-file.ts'
import { digestOf, sameBytes } from './digest.ts'

export const HEADER = 64
export const FILE_VERSION = 1
/** Bytes before the check of the key: what that check is bound to. */
export const BEFORE_CHECK = 32

/** PBKDF2 rounds: what new files get, and the least and the most that is believed. */
export const ROUNDS = 600_000
const MOST_ROUNDS = 10_000_000

const SALT = 16
const CHECK = 16
const MAGIC = Uint8Array.of(0x89, 0x42, 0x45, 0x4c, 0x46, 0x0d, 0x0a, 0x1a)

/** What a passphrase needs to open the file. */
export interface FileLock {
  readonly rounds: number
  /** 16 bytes. */
  readonly salt: Uint8Array
  /** 16 bytes: the tag of an empty message. */
  readonly check: Uint8Array
}

export function encodeHeader(lock: FileLock | undefined, createSha256: () => Sha256): Uint8Array {
  const bytes = new Uint8Array(HEADER)
  const view = new DataView(bytes.buffer)
  bytes.set(MAGIC, 0)
  view.setUint16(8, FILE_VERSION, true)
  view.setUint16(10, lock === undefined ? 0 : 1, true)
  if (lock !== undefined) {
    view.setUint32(12, lock.rounds, true)
    bytes.set(lock.salt, 16)
    bytes.set(lock.check, BEFORE_CHECK)
  }
  bytes.set(checksumOf(bytes, createSha256), 48)
  return bytes
}

/** The lock, or `undefined` for a file without one. @throws BadLibraryFile. */
export function decodeHeader(bytes: Uint8Array, createSha256: () => Sha256): FileLock | undefined {
  if (bytes.length < MAGIC.length || !sameBytes(bytes.subarray(0, MAGIC.length), MAGIC)) {
    throw badFile('it is not a library that Belfry has exported')
  }
  if (bytes.length < HEADER || !sameBytes(bytes.subarray(48, HEADER), checksumOf(bytes, createSha256))) {
    throw badFile('its beginning is damaged')
  }
  const view = new DataView(bytes.buffer, bytes.byteOffset, HEADER)
  const [version, locked, rounds] = [
    view.getUint16(8, true),
    view.getUint16(10, true),
    view.getUint32(12, true),
  ]
  if (version !== FILE_VERSION) {
    throw badFile(`it has version ${version}, and this Belfry reads version ${FILE_VERSION}`)
  }
  if (locked === 0 && bytes.subarray(12, 48).every(byte => byte === 0)) return undefined
  if (locked !== 1) throw badFile(`expected a file with a lock or without one, got ${locked}`)
  if (rounds < ROUNDS || rounds > MOST_ROUNDS) {
    throw badFile(`expected a lock of ${ROUNDS} to ${MOST_ROUNDS} rounds, got ${rounds}`)
  }
  return { rounds, salt: bytes.slice(16, 16 + SALT), check: bytes.slice(BEFORE_CHECK, BEFORE_CHECK + CHECK) }
}

function checksumOf(header: Uint8Array, createSha256: () => Sha256): Uint8Array {
  return digestOf(createSha256, header.subarray(0, 48)).subarray(0, HEADER - 48)
}
