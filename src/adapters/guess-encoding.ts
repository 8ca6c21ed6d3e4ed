import { analyse } from 'chardet'
import { likeWords } from './like-words.ts'

/** Bytes of the text that are looked at: lines with something else than ASCII in them. */
const SAMPLE_BYTES = 2048
/** What its own guess must be better by than windows-1252, and by how much more per character looked at. */
const MARGIN = 0.05
const MARGIN_OF_ONE = 1
/** Fewer characters beyond ASCII say nothing. */
const FEWEST = 4
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
  ['macintosh', 'windows-1252', 0.7],
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
  if (characters < FEWEST || isBinary(sample)) return 'windows-1252'
  const scores = [...confidences(sample)].map(([label, confidence]) => ({
    label,
    score: confidence + likeWords(decodeAs(sample, label), label),
  }))
  const usual = scores.find(({ label }) => label === 'windows-1252')?.score ?? -1
  const best = scores.reduce((a, b) => (b.score > a.score ? b : a), { label: 'windows-1252', score: usual })
  return best.score > usual + MARGIN + MARGIN_OF_ONE / characters ? best.label : 'windows-1252'
}

/** Control characters stand in no text of any encoding. */
function isBinary(sample: Uint8Array): boolean {
  const controls = sample.reduce((count, byte) => count + (byte < 9 || (byte > 13 && byte < 27) ? 1 : 0), 0)
  return controls > 2
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
