/**
 * Folds compatibility forms (NFKC), case, accents and the points of Arabic and Hebrew away. The vowel signs of Indic
 * scripts and of Thai are marks too, and stay: without them a word is another word.
 */
export function foldLetters(word: string): string {
  return word
    .normalize('NFKD')
    .replace(ACCENTS, '')
    .normalize('NFKC')
    .toLowerCase()
    .replace(SINGLE_LETTERS, letter => LETTERS.get(letter) ?? letter)
}

/** Combining accents; points of Hebrew and Arabic; tatweel; soft hyphen and joiners. */
const ACCENTS = /[\u0300-\u036f\u0591-\u05c7\u0610-\u061a\u0640\u064b-\u065f\u0670\u00ad\u200c\u200d]/g

/** Letters that Unicode does not decompose though people type them apart. */
const LETTERS: ReadonlyMap<string, string> = new Map([
  ['ß', 'ss'],
  ['æ', 'ae'],
  ['œ', 'oe'],
  ['ø', 'o'],
  ['ł', 'l'],
  ['đ', 'd'],
  ['ð', 'd'],
  ['þ', 'th'],
  ['ı', 'i'],
  ['ς', 'σ'],
])
const SINGLE_LETTERS = /[ßæœøłđðþıς]/g
