/** Bytes in UTF-8. Half a surrogate pair counts as the three bytes that stand for it. */
export function utf8Length(text: string): number {
  let length = 0
  for (let i = 0; i < text.length; i++) {
    const code = text.codePointAt(i) ?? 0
    if (code > 0xffff) i++
    length += bytesOf(code)
  }
  return length
}

/** The longest beginning of at most so many bytes; no letter is cut in two. */
export function beginningOf(text: string, bytes: number): string {
  if (text.length * 3 <= bytes) return text
  return text.slice(0, reach(text, 0, bytes))
}

/** The text in pieces of at most so many bytes; one empty piece of an empty text. @param bytes At least 4. */
export function piecesOf(text: string, bytes: number): string[] {
  const pieces: string[] = []
  for (let at = 0; at < text.length; ) {
    const end = reach(text, at, bytes)
    pieces.push(text.slice(at, end))
    at = end
  }
  return pieces.length === 0 ? [''] : pieces
}

function reach(text: string, from: number, bytes: number): number {
  let left = bytes
  let at = from
  while (at < text.length) {
    const code = text.codePointAt(at) ?? 0
    left -= bytesOf(code)
    if (left < 0) break
    at += code > 0xffff ? 2 : 1
  }
  return at
}

function bytesOf(code: number): number {
  if (code < 0x80) return 1
  if (code < 0x800) return 2
  return code < 0x10000 ? 3 : 4
}
