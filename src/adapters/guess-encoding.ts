import { analyse } from 'chardet'

/** Bytes of the text that are looked at: lines with something else than ASCII in them. */
const SAMPLE_BYTES = 16_384
/** What its own guess must be better by than windows-1252, and by how much more per character looked at. */
const MARGIN = 0.05
const MARGIN_OF_ONE = 1
/** Fewer characters beyond ASCII say nothing. */
const FEWEST = 5
/** A guess of chardet at several bytes a character below this only says that nothing speaks against it. */
const SURE_OF_PAIRS = 0.5
const UNSURE = 0.4

/** The names of chardet where those of the platform differ, or where windows knows more characters. */
const LABELS: Readonly<Record<string, string>> = {
  'ISO-8859-1': 'windows-1252',
  'ISO-8859-8': 'windows-1255',
  'ISO-8859-9': 'windows-1254',
  'KOI8-R': 'koi8-u',
  ASCII: 'windows-1252',
}
const PAIRS: ReadonlySet<string> = new Set(['shift_jis', 'big5', 'euc-jp', 'euc-kr', 'gb18030'])
/** Encodings that chardet does not know, and what it takes them for: they share the letters' frequencies. */
const COUSINS: readonly (readonly [label: string, cousin: string, share: number])[] = [
  ['macintosh', 'windows-1252', 0.6],
  ['x-mac-cyrillic', 'windows-1251', 0.95],
  ['ibm866', 'windows-1251', 0],
  ['windows-874', 'windows-874', 0],
]
const LEAST = 0.2

/**
 * The encoding of text that is neither UTF-8 nor UTF-16, by the frequency of letters (chardet) and by how much the result
 * looks like words; windows-1252 unless another is plainly better, so that a short text is not taken for what it is not.
 */
export function guessEncoding(
  bytes: Uint8Array,
  decodeAs: (bytes: Uint8Array, encoding: string) => string,
): string {
  const sample = sampleOf(bytes)
  const characters = sample.reduce((count, byte) => count + (byte >= 0x80 ? 1 : 0), 0)
  if (characters < FEWEST) return 'windows-1252'
  const scores = [...confidences(sample)].map(([label, confidence]) => ({
    label,
    score: confidence + likeWords(decodeAs(sample, label), label),
  }))
  const usual = scores.find(({ label }) => label === 'windows-1252')?.score ?? -1
  const best = scores.reduce((a, b) => (b.score > a.score ? b : a), { label: 'windows-1252', score: usual })
  return best.score > usual + MARGIN + MARGIN_OF_ONE / characters ? best.label : 'windows-1252'
}

/** Whole lines, since a character may be more than one byte and a line end never is part of one. */
function sampleOf(bytes: Uint8Array): Uint8Array {
  const sample = new Uint8Array(SAMPLE_BYTES)
  let length = 0
  let start = 0
  while (start < bytes.length && length < SAMPLE_BYTES) {
    const newline = bytes.indexOf(10, start)
    const end = newline < 0 ? bytes.length : newline + 1
    const line = bytes.subarray(start, Math.min(end, start + SAMPLE_BYTES - length))
    if (line.some(byte => byte >= 0x80)) {
      sample.set(line, length)
      length += line.length
    }
    start = end
  }
  return sample.subarray(0, length)
}

/** Candidates, 0 to 1. */
function confidences(sample: Uint8Array): Map<string, number> {
  const found = new Map<string, number>([['windows-1252', 0]])
  for (const { name, confidence } of analyse(sample)) {
    const label = LABELS[name] ?? name.toLowerCase()
    if (label.startsWith('utf') || label.startsWith('iso-2022')) continue
    const share = confidence / 100
    const sure = PAIRS.has(label) && share < SURE_OF_PAIRS ? share - UNSURE : share
    found.set(label, Math.max(found.get(label) ?? 0, name === 'ASCII' ? 0 : sure))
  }
  for (const [label, cousin, share] of COUSINS) {
    found.set(label, Math.max(LEAST, share * (found.get(cousin) ?? 0)))
  }
  return found
}

/** Letters that are rare where an encoding is used, and common under the same codes of another one. */
const RARE: Readonly<Record<string, RegExp>> = {
  'windows-1252': /[þýðÞÝÐ]/,
  'windows-874': /[ฃฅฦฌฆฏฎฑฒ]/,
  shift_jis: /[\uFF61-\uFF9F]/,
  'windows-1254': /[^çğıöşüÇĞİÖŞÜâîû]/,
}
/** Signs of every language's typography; they say nothing about an encoding. */
const TYPOGRAPHY = /[\p{Z}\p{Pd}‘’‚“”„«»‹›…•·°§€£¥©®™¼½¾№¿¡×±²³ª º]/gu

/** 1 where all that is not ASCII makes words, below 0 where most of it does not. */
function likeWords(text: string, label: string): number {
  let good = 0
  let bad = 0
  for (const word of text.split(/(?:(?!['\dA-Za-z])\p{ASCII})+/u)) {
    const letters = word.match(/(?![\p{ASCII}\uFB00-\uFB4F])[\p{L}\p{M}]/gu) ?? []
    const rare = letters.filter(letter => RARE[label]?.test(letter)).length
    const faults = faultsOf(word)
    bad += faults
    good += Math.max(0, letters.length - faults - rare)
  }
  // Spanish closes each question that it opens.
  bad += Math.max(0, count(text, /¿/g) - count(text, /\?/g))
  const all = count(text, /\P{ASCII}/gu)
  const neutral = text.match(TYPOGRAPHY)?.filter(sign => sign > '\x7F').length ?? 0
  return all <= neutral ? 0 : Math.max(-2, (good - 3 * bad) / (all - neutral))
}

/** What no word has: odd signs, signs between letters, small letters before capitals, two scripts, no plain Latin letter. */
function faultsOf(word: string): number {
  const odd =
    word.replace(TYPOGRAPHY, '').match(/(?![\x20-\x7E])[^\p{L}\p{M}]|[\uFB00-\uFB4F]/gu)?.length ?? 0
  const signs = count(word, /(?<=\p{L})(?!['’·\u00AD])[^\p{L}\p{M}\p{N}\p{Pd}]+(?=\p{L})/gu)
  const capitals = count(word, /\p{Ll}(?=\p{Lu})/gu)
  const raised = count(word, /\p{L}{3,}[¹²³ªº]/gu)
  return odd + signs + capitals + raised + mixed(word) + unplain(word)
}

function count(text: string, pattern: RegExp): number {
  return text.match(pattern)?.length ?? 0
}

function mixed(word: string): number {
  const scripts = [
    /\p{Script=Latin}/u,
    /\p{Script=Cyrillic}/u,
    /\p{Script=Greek}/u,
    /\p{Script=Hebrew}/u,
    /\p{Script=Arabic}/u,
    /\p{Script=Thai}/u,
  ]
  const found = scripts.filter(script => script.test(word)).length
  return found > 1 ? found : 0
}

/** Latin words are mostly plain letters; those of another script, wrongly decoded, have none. */
function unplain(word: string): number {
  const accented = count(word, /(?![A-Za-z])\p{Script=Latin}/gu)
  const plain = count(word, /[A-Za-z]/g)
  return accented >= 3 && accented > plain ? accented : 0
}
