/** ICU's NFC is quadratic in a run of combining marks; no script stacks as many as this (Unicode UAX #15, D4). */
const LONG_RUN_OF_MARKS = /(\p{M}{30})\p{M}+/gu
const LINE_ENDS = /\r\n?|[\v\f\u0085\u2028\u2029]/g
const LONE_SURROGATES = /\p{Cs}/gu
/** Controls other than tab and line feed, soft hyphens, byte order marks. */
const INVISIBLE = /(?![\t\n])[\p{Cc}\u00AD\uFEFF]/gu
const BIDI_CONTROLS = /[\u061C\u200E\u200F\u202A-\u202E\u2066-\u2069]/g
const NOT_ASCII = /[^\t\n -~]/

/**
 * Text as the library keeps it: lines end in `\n` and carry no trailing space, no two blank lines follow each other,
 * no control characters, no lone surrogates, NFC. Normalised text is left as it is. Linear in the length.
 */
export function normaliseText(text: string): string {
  return tidyLines(NOT_ASCII.test(text) ? tidyCharacters(text) : text)
}

/** One line without controls that hide or reorder what stands around it: fit for a title or a file's name. */
export function normaliseLine(text: string): string {
  return normaliseText(text).replace(BIDI_CONTROLS, '').replace(/\s+/g, ' ').trim()
}

function tidyCharacters(text: string): string {
  return text
    .replace(LINE_ENDS, '\n')
    .replace(LONE_SURROGATES, '\uFFFD')
    .replace(INVISIBLE, '')
    .replace(LONG_RUN_OF_MARKS, '$1')
    .normalize('NFC')
}

/** By lines, since a regular expression for trailing blanks is quadratic in a long run of them. */
function tidyLines(text: string): string {
  const lines: string[] = []
  for (const line of text.split('\n')) {
    const trimmed = line.trimEnd()
    const blank = trimmed === ''
    if (!blank || (lines.length > 0 && lines.at(-1) !== '')) lines.push(trimmed)
  }
  if (lines.at(-1) === '') lines.pop()
  return lines.join('\n')
}
