import { guessEncoding } from './guess-encoding.ts'

/** How far into a page its charset may be declared (the HTML standard asks for 1,024; saved pages put comments first). */
const DECLARATION_BYTES = 4096
const SAMPLE_BYTES = 4096

/**
 * Bytes to text: byte order mark, UTF-16 by its pattern of NULs, UTF-8, then the declared charset, then the one that fits
 * best. UTF-8 goes before the declaration because text that is valid UTF-8 is UTF-8, and declarations are often stale.
 */
export function decodeText(bytes: Uint8Array, declared?: string): string {
  const utf16 = utf16Of(bytes)
  if (utf16 !== undefined) return decodeAs(bytes, utf16)
  if (declared === 'iso-2022-jp' || isIso2022Jp(bytes)) return decodeAs(bytes, 'iso-2022-jp')
  return decodeUtf8(bytes) ?? decodeAs(bytes, known(declared) ?? guessEncoding(bytes, decodeAs))
}

/** Text in seven bits that goes over to kanji by an escape sequence; it is valid UTF-8 as well. */
function isIso2022Jp(bytes: Uint8Array): boolean {
  const escape = bytes.indexOf(0x1b)
  if (escape < 0 || bytes.some(byte => byte >= 0x80)) return false
  const text = decodeAs(bytes.subarray(escape, escape + SAMPLE_BYTES), 'windows-1252')
  return ['$@', '$B'].some(start => text.includes(`\u001B${start}`)) && /\(B|\(J/.test(text)
}

/** `undefined` where the platform does not know it. */
function known(label: string | undefined): string | undefined {
  try {
    return label === undefined ? undefined : new TextDecoder(label).encoding
  } catch {
    return undefined
  }
}

/** The charset that an HTML page names in a `meta` element or its XML declaration, in lower case. */
export function declaredCharset(bytes: Uint8Array): string | undefined {
  const head = decodeAs(bytes.subarray(0, DECLARATION_BYTES), 'windows-1252')
  const match =
    /<meta[^>]{0,300}?charset\s*=\s*["']?([\w.:-]+)/i.exec(head) ??
    /^\s*<\?xml[^>]{0,200}?encoding\s*=\s*["']([\w.:-]+)/i.exec(head)
  return match?.[1]?.toLowerCase()
}

/** `utf-16le` or `utf-16be` when a byte order mark or the pattern of NULs says so. */
export function utf16Of(bytes: Uint8Array): 'utf-16le' | 'utf-16be' | undefined {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return 'utf-16le'
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return 'utf-16be'
  const pairs = Math.min(bytes.length, SAMPLE_BYTES) >> 1
  if (pairs < 4) return undefined
  let even = 0
  let odd = 0
  for (let i = 0; i < pairs; i++) {
    if (bytes[2 * i] === 0) even++
    if (bytes[2 * i + 1] === 0) odd++
  }
  if (odd > pairs * 0.4 && even < pairs * 0.05) return 'utf-16le'
  if (even > pairs * 0.4 && odd < pairs * 0.05) return 'utf-16be'
  return undefined
}

/** `undefined` when it is not UTF-8. A few broken sequences among many good ones are replaced by U+FFFD. */
function decodeUtf8(bytes: Uint8Array): string | undefined {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch {
    const text = decodeAs(bytes, 'utf-8')
    const broken = count(text, /\uFFFD/g)
    const good = count(text, /[^\0-\x7F\uFFFD]/g)
    return good > 4 * broken ? text : undefined
  }
}

function count(text: string, pattern: RegExp): number {
  let n = 0
  for (const _ of text.matchAll(pattern)) n++
  return n
}

/** Bytes of a known encoding; one that the platform does not know is read as windows-1252, which knows every byte. */
export function decodeAs(bytes: Uint8Array, encoding: string): string {
  try {
    const decoder = new TextDecoder(encoding)
    const text = decoder.decode(bytes)
    return decoder.encoding === 'windows-1252' ? repairWindows1252(text) : text
  } catch {
    return decodeAs(bytes, 'windows-1252')
  }
}

/** 0x80 to 0x9F; a space where windows-1252 has no character. */
const WINDOWS_1252 = '€ ‚ƒ„…†‡ˆ‰Š‹Œ Ž  ‘’“”•–—˜™š›œ žŸ'

/** Node 20 takes windows-1252 for Latin-1 and leaves control characters where typographic ones belong; browsers do not. */
function repairWindows1252(text: string): string {
  return text.replace(/[\u0080-\u009F]/g, control => WINDOWS_1252[control.charCodeAt(0) - 0x80] ?? ' ')
}
