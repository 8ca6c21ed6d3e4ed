const LONGEST_TITLE = 80
const MOST_WORDS = 12
const NO_TITLE = /[.,;:{}<>=|\\]/

/** A short line of words that is no sentence, no list item, no key with a value and no code. */
export function looksLikeTitle(line: string): boolean {
  if (line.length < 2 || line.length > LONGEST_TITLE || line.split(' ').length > MOST_WORDS) return false
  return /^[\p{Lu}\p{Lo}\p{N}"“«]/u.test(line) && !NO_TITLE.test(line) && /\p{L}{2}|\p{Lo}/u.test(line)
}

/** The first words of a text, as a line that looks like a title; empty where there are none. */
export function firstWords(text: string): string {
  const words = text
    .slice(0, 500)
    .replaceAll(/[.,;:{}<>=|\\]/g, ' ')
    .split(/\s+/)
    .filter(word => word !== '')
  let title = ''
  for (const word of words.slice(0, MOST_WORDS - 2)) {
    if (title.length + word.length >= LONGEST_TITLE) break
    title += title === '' ? word : ` ${word}`
  }
  const cased = title.slice(0, 1).toUpperCase() + title.slice(1)
  return looksLikeTitle(cased) ? cased : ''
}
