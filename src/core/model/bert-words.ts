/**
 * Text to words as BERT's normaliser and pre-tokenizer cut it: control characters dropped, CJK characters one by one,
 * lower case, accents stripped, cut at white space and around punctuation. Punctuation itself is not visited.
 */

export interface WordRules {
  readonly cleanText: boolean
  readonly splitChinese: boolean
  readonly lowercase: boolean
  readonly stripAccents: boolean
}

/** What a model of ours asks for. */
export const UNCASED: WordRules = { cleanText: true, splitChinese: true, lowercase: true, stripAccents: true }

/** Long texts are normalised piece by piece, so that a reader who stops early pays only for what was read. */
const PIECE_LENGTH = 2048

const WORD = 1
const SPACE = 2
const PUNCTUATION = 3

/** Class of every UTF-16 unit outside surrogates, found out when first met. */
const classes = new Uint8Array(65536)

/** Calls `visit` for each word in order, until it returns false. */
export function visitWords(text: string, rules: WordRules, visit: (word: string) => boolean): void {
  let start = 0
  while (start < text.length) {
    const end = pieceEnd(text, start)
    if (!cut(normalise(text.slice(start, end), rules), visit)) return
    start = end
  }
}

/** The text as the words are cut from it. */
export function normalise(text: string, rules: WordRules): string {
  if (isPlain(text)) return rules.lowercase ? text.toLowerCase() : text
  const clean = rules.cleanText ? text.replace(/[\0\uFFFD\p{Cc}\p{Cf}\p{Co}\p{Cs}]/gu, keepSpace) : text
  const split = rules.splitChinese ? clean.replace(CHINESE, ' $& ') : clean
  const cased = rules.lowercase ? split.toLowerCase() : split
  return rules.stripAccents ? cased.normalize('NFD').replace(/\p{Mn}/gu, '') : cased
}

/** Printable ASCII, tabs and line ends only: nothing to normalise but the case. */
function isPlain(text: string): boolean {
  return /^[\t\n\r -~]*$/.test(text)
}

function keepSpace(control: string): string {
  return control === '\t' || control === '\n' || control === '\r' ? ' ' : ''
}

/** The blocks that BERT's own tokenizer calls Chinese. */
const CHINESE =
  /[\u4E00-\u9FFF\u3400-\u4DBF\uF900-\uFAFF\u{20000}-\u{2A6DF}\u{2A700}-\u{2B73F}\u{2B740}-\u{2B81F}\u{2B820}-\u{2CEAF}\u{2F800}-\u{2FA1F}]/gu

/** Pieces end behind a plain space or line end, where neither case nor accents look across. */
function pieceEnd(text: string, start: number): number {
  let end = start + PIECE_LENGTH
  while (end < text.length && !isBreak(text.charCodeAt(end - 1))) end++
  return Math.min(end, text.length)
}

function isBreak(unit: number): boolean {
  return unit === 0x20 || unit === 0x0a || unit === 0x0d || unit === 0x09
}

function cut(text: string, visit: (word: string) => boolean): boolean {
  let start = -1
  for (let i = 0; i < text.length; i++) {
    const unit = text.charCodeAt(i)
    const surrogate = (unit & 0xf800) === 0xd800
    const kind = surrogate ? classOf(String.fromCodePoint(text.codePointAt(i) ?? 0)) : classOfUnit(unit)
    if (kind === WORD) {
      if (start < 0) start = i
    } else if (start >= 0) {
      if (!visit(text.slice(start, i))) return false
      start = -1
    }
    if (surrogate && unit < 0xdc00) i++
  }
  return start < 0 || visit(text.slice(start))
}

function classOfUnit(unit: number): number {
  const known = classes[unit] ?? 0
  if (known !== 0) return known
  const found = classOf(String.fromCharCode(unit))
  classes[unit] = found
  return found
}

function classOf(character: string): number {
  if (/^\s$/u.test(character)) return SPACE
  return /^[\p{P}!-/:-@[-`{-~]$/u.test(character) ? PUNCTUATION : WORD
}
