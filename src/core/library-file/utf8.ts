/**
 * Text as bytes and back, exactly: UTF-8, except that half a surrogate pair, which a text may hold after it was cut, is
 * written as three bytes too (WTF-8, Simon Sapin). The pure part of the project has no TextEncoder.
 */

/** UTF-16 units that are made into a string at a time. */
const SLICE = 8192

export function encodeUtf8(text: string): Uint8Array {
  const bytes = new Uint8Array(lengthOf(text))
  let at = 0
  for (let i = 0; i < text.length; i++) {
    const code = text.codePointAt(i) ?? 0
    if (code > 0xffff) i++
    at = writeCode(code, bytes, at)
  }
  return bytes
}

/** @throws Error when the bytes are not what `encodeUtf8` writes. */
export function decodeUtf8(bytes: Uint8Array): string {
  const parts: string[] = []
  const units = new Uint16Array(SLICE)
  let count = 0
  for (let at = 0; at < bytes.length; ) {
    const size = sizeOf(bytes[at] ?? 0)
    const code = readCode(bytes, at, size)
    at += size
    if (code > 0xffff) {
      units[count++] = 0xd800 + ((code - 0x10000) >> 10)
      units[count++] = 0xdc00 + ((code - 0x10000) & 0x3ff)
    } else units[count++] = code
    if (count < SLICE - 1) continue
    parts.push(String.fromCharCode(...units.subarray(0, count)))
    count = 0
  }
  parts.push(String.fromCharCode(...units.subarray(0, count)))
  return parts.join('')
}

function lengthOf(text: string): number {
  let length = 0
  for (let i = 0; i < text.length; i++) {
    const code = text.codePointAt(i) ?? 0
    if (code > 0xffff) i++
    length += bytesOf(code)
  }
  return length
}

function bytesOf(code: number): number {
  if (code < 0x80) return 1
  if (code < 0x800) return 2
  return code < 0x10000 ? 3 : 4
}

/** Gives the place behind what was written. */
function writeCode(code: number, bytes: Uint8Array, at: number): number {
  const size = bytesOf(code)
  if (size === 1) {
    bytes[at] = code
    return at + 1
  }
  for (let i = size - 1; i > 0; i--) {
    bytes[at + i] = 0x80 | (code & 0x3f)
    code >>= 6
  }
  bytes[at] = code | LEAD[size as 2 | 3 | 4]
  return at + size
}

/** What a first byte begins with, by the number of bytes. */
const LEAD = { 2: 0xc0, 3: 0xe0, 4: 0xf0 } as const

function sizeOf(first: number): number {
  if (first < 0x80) return 1
  if (first >= 0xc0 && first < 0xe0) return 2
  if (first >= 0xe0 && first < 0xf0) return 3
  if (first >= 0xf0 && first < 0xf8) return 4
  throw new Error(`expected UTF-8, got a text that begins a letter with the byte ${first}`)
}

function readCode(bytes: Uint8Array, at: number, size: number): number {
  const first = bytes[at] ?? 0
  if (size === 1) return first
  let code = first & (0x7f >> size)
  for (let i = 1; i < size; i++) {
    const next = bytes[at + i] ?? 0
    if (next >> 6 !== 2) throw new Error(`expected UTF-8, got the byte ${next} inside a letter`)
    code = (code << 6) | (next & 0x3f)
  }
  if (bytesOf(code) !== size || code > 0x10ffff) throw new Error(`expected UTF-8, got the letter ${code}`)
  return code
}
