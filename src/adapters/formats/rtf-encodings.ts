/** Encodings by the number of a Windows code page; what is missing is read as windows-1252. */
const BY_CODE_PAGE: Readonly<Record<number, string>> = {
  866: 'ibm866',
  874: 'windows-874',
  932: 'shift_jis',
  936: 'gb18030',
  949: 'euc-kr',
  950: 'big5',
  10000: 'macintosh',
  10007: 'x-mac-cyrillic',
  20866: 'koi8-r',
  65001: 'utf-8',
}

/** Code pages by a font's `\fcharset`. */
const BY_CHARSET: Readonly<Record<number, number>> = {
  77: 10000,
  128: 932,
  129: 949,
  134: 936,
  136: 950,
  161: 1253,
  162: 1254,
  163: 1258,
  177: 1255,
  178: 1256,
  186: 1257,
  204: 1251,
  222: 874,
  238: 1250,
}

const SYMBOL_CHARSET = 2
export const SYMBOLS = 'symbols'

export function encodingOfCodePage(page: number): string {
  if (page >= 1250 && page <= 1258) return `windows-${page}`
  return BY_CODE_PAGE[page] ?? 'windows-1252'
}

/** Of a font; `undefined` where it says that it is that of the file. */
export function encodingOfCharset(charset: number): string | undefined {
  if (charset === SYMBOL_CHARSET) return SYMBOLS
  const page = BY_CHARSET[charset]
  return page === undefined ? undefined : encodingOfCodePage(page)
}
