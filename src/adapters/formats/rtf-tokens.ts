/** What a file of RTF is made of, in its order. */
export interface RtfHandler {
  open(): void
  close(): void
  /** `\par`, `\uN`: `parameter` is `undefined` where no number stands. */
  word(name: string, parameter: number | undefined): void
  /** `\*`, `\~`: a control of one character. */
  symbol(character: string): void
  /** Characters as they stand, and those written as `\'hh`, in the encoding of the font. */
  bytes(bytes: Uint8Array): void
}

const [OPEN, CLOSE, BACKSLASH, CR, LF] = [0x7b, 0x7d, 0x5c, 0x0d, 0x0a]
const QUOTE = 0x27
const LONGEST_WORD = 40

/** Walks through the file once; binary data (`\binN`) is skipped. Never throws. */
export function walkRtf(bytes: Uint8Array, handler: RtfHandler): void {
  let at = 0
  while (at < bytes.length) {
    const byte = bytes[at]
    if (byte === OPEN) handler.open()
    else if (byte === CLOSE) handler.close()
    else if (byte === BACKSLASH) {
      at = control(bytes, at + 1, handler)
      continue
    } else if (byte !== CR && byte !== LF) {
      const end = endOfText(bytes, at)
      handler.bytes(bytes.subarray(at, end))
      at = end
      continue
    }
    at++
  }
}

function endOfText(bytes: Uint8Array, from: number): number {
  let at = from
  for (; at < bytes.length; at++) {
    const byte = bytes[at]
    if (byte === OPEN || byte === CLOSE || byte === BACKSLASH || byte === CR || byte === LF) break
  }
  return at
}

/** Returns where the text goes on behind the control that begins at `at`. */
function control(bytes: Uint8Array, at: number, handler: RtfHandler): number {
  const byte = bytes[at]
  if (byte === undefined) return at
  if (byte === QUOTE) {
    const code = Number.parseInt(String.fromCharCode(bytes[at + 1] ?? 0, bytes[at + 2] ?? 0), 16)
    if (!Number.isNaN(code)) handler.bytes(Uint8Array.of(code))
    return at + 3
  }
  const head = String.fromCharCode(...bytes.subarray(at, at + LONGEST_WORD))
  const match = /^([A-Za-z]+)(-?\d{1,10})? ?/.exec(head)
  if (match === null) {
    symbol(byte, handler)
    return at + 1
  }
  const parameter = match[2] === undefined ? undefined : Number(match[2])
  const next = at + match[0].length
  if (match[1] === 'bin') return next + Math.max(0, parameter ?? 0)
  handler.word(match[1] ?? '', parameter)
  return next
}

function symbol(byte: number, handler: RtfHandler): void {
  if (byte === OPEN || byte === CLOSE || byte === BACKSLASH) handler.bytes(Uint8Array.of(byte))
  else if (byte === CR || byte === LF) handler.word('par', undefined)
  else handler.symbol(String.fromCharCode(byte))
}
