import { crc32 } from './crc32.ts'

/** Code page 437 from 0x80 on, in which names stand that are not said to be UTF-8 (APPNOTE 6.3.10, appendix D). */
const CP437 =
  'ÇüéâäàåçêëèïîìÄÅÉæÆôöòûùÿÖÜ¢£¥₧ƒáíóúñÑªº¿⌐¬½¼¡«»░▒▓│┤╡╢╖╕╣║╗╝╜╛┐└┴┬├─┼╞╟╚╔╩╦╠═╬╧╨╤╥╙╘╒╓╫╪┘┌█▄▌▐▀' +
  'αßΓπΣσµτΦΘΩδ∞φε∩≡±≥≤⌠⌡÷≈°∙·√ⁿ²■\u00A0'
const UTF8_FLAG = 0x800

/**
 * An entry's name. `unicodePath` is the body of the field 0x7075, which names the entry in UTF-8 as long as the CRC of
 * the plain name fits. Names in UTF-8 without the flag are common, and other text is hardly ever valid UTF-8.
 */
export function zipName(raw: Uint8Array, flags: number, unicodePath?: Uint8Array): string {
  const unicode = unicodePath === undefined ? undefined : pathIn(unicodePath, raw)
  if (unicode !== undefined) return unicode
  if (flags & UTF8_FLAG) return new TextDecoder().decode(raw)
  return utf8(raw) ?? cp437(raw)
}

function pathIn(field: Uint8Array, raw: Uint8Array): string | undefined {
  if (field.length < 5 || field[0] !== 1) return undefined
  const crc = new DataView(field.buffer, field.byteOffset).getUint32(1, true)
  return crc === crc32(raw) ? utf8(field.subarray(5)) : undefined
}

function utf8(bytes: Uint8Array): string | undefined {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch {
    return undefined
  }
}

function cp437(bytes: Uint8Array): string {
  return Array.from(bytes, byte =>
    byte < 0x80 ? String.fromCharCode(byte) : (CP437[byte - 0x80] ?? '\uFFFD'),
  ).join('')
}
