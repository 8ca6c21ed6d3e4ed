const PIECE = 8192
const BASE64 = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/'
const VALUES = new Int8Array(128).fill(-1)
for (let i = 0; i < BASE64.length; i++) VALUES[BASE64.charCodeAt(i)] = i

/** One UTF-16 unit per byte, so that a file of several encodings can be searched as text. */
export function binaryString(bytes: Uint8Array): string {
  const pieces: string[] = []
  for (let at = 0; at < bytes.length; at += PIECE)
    pieces.push(String.fromCharCode(...bytes.subarray(at, at + PIECE)))
  return pieces.join('')
}

/** The other way; units above 255 lose what is above. */
export function bytesOfBinary(text: string): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(text.length)
  for (let i = 0; i < text.length; i++) bytes[i] = text.charCodeAt(i)
  return bytes
}

/** RFC 2045, 6.7. What is no code stays as it is. */
export function quotedPrintableBytes(text: string): Uint8Array<ArrayBuffer> {
  const joined = text.replace(/=[ \t]*\r?\n/g, '')
  return bytesOfBinary(
    joined.replace(/=([0-9A-Fa-f]{2})/g, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16))),
  )
}

/** RFC 2045, 6.8. What is no digit is skipped, as that says; padding ends a piece. */
export function base64Bytes(text: string): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(Math.ceil((text.length * 3) / 4))
  let length = 0
  let bits = 0
  let value = 0
  for (let i = 0; i < text.length; i++) {
    const digit = VALUES[text.charCodeAt(i)] ?? -1
    if (digit < 0) continue
    value = ((value << 6) | digit) & 0xffffff
    bits += 6
    if (bits < 8) continue
    bits -= 8
    bytes[length++] = value >> bits
  }
  return bytes.slice(0, length)
}
