import type { Sha256 } from '../ports/platform.ts'

/** Bytes of a SHA-256. */
export const DIGEST = 32

/** The SHA-256 of the parts, one behind the other. */
export function digestOf(createSha256: () => Sha256, ...parts: readonly Uint8Array[]): Uint8Array {
  const hash = createSha256()
  for (const part of parts) hash.update(part)
  return bytesOfHex(hash.digest())
}

export function sameBytes(some: Uint8Array, others: Uint8Array): boolean {
  return some.length === others.length && some.every((byte, i) => byte === others[i])
}

function bytesOfHex(hex: string): Uint8Array {
  return Uint8Array.from({ length: hex.length / 2 }, (_, i) =>
    Number.parseInt(hex.slice(2 * i, 2 * i + 2), 16),
  )
}
