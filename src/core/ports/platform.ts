import type { SourceFile } from './files.ts'

/** The documents that come with the page, to try it with, and queries that show them off. */
export interface SampleSource {
  read(): Promise<{ readonly files: readonly SourceFile[]; readonly queries: readonly string[] }>
}

/** SHA-256, fed piece by piece; `digest` is lower-case hex. */
export interface Sha256 {
  update(bytes: Uint8Array): void
  digest(): string
}

/** AES-256-GCM under one key. A nonce is 12 bytes and serves once. */
export interface Cipher {
  /** The sealed bytes, and a tag of 16 bytes behind them. `label` is bound to them and not part of them. */
  seal(nonce: Uint8Array, bytes: Uint8Array, label: Uint8Array): Promise<Uint8Array>
  /** `undefined` unless `sealed` was made with this key, nonce and label. */
  open(nonce: Uint8Array, sealed: Uint8Array, label: Uint8Array): Promise<Uint8Array | undefined>
}

export interface Cryptography {
  randomBytes(count: number): Uint8Array
  /**
   * The key that PBKDF2-HMAC-SHA-256 (RFC 8018) makes of a passphrase.
   * @throws PassphraseUnsupported where the browser has no cryptography for this page.
   */
  cipherOf(passphrase: string, salt: Uint8Array, rounds: number): Promise<Cipher>
}

export interface Clock {
  /** Milliseconds since the epoch. */
  now(): number
  /** Lets waiting messages be handled, so that a query need not wait for a long job. */
  breathe(): Promise<void>
  /** Missing where nobody waits for the time. */
  rest?(milliseconds: number): Promise<void>
}
