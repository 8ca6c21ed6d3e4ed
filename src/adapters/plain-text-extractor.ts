import { normaliseLine } from '../core/text/normalise-text.ts'
import type { Reading } from './reading.ts'

const LONGEST_TITLE = 80

/** Plain text is one block as it stands; its first line is the title when it looks like one. */
export function readPlainText(text: string): Reading {
  const from = text.search(/\S/)
  if (from < 0) return { title: undefined, blocks: [] }
  const lineEnd = text.slice(from, from + 500).search(/[\r\n]/)
  const first = lineEnd < 0 ? '' : normaliseLine(text.slice(from, from + lineEnd))
  return { title: looksLikeTitle(first) ? first : undefined, blocks: [{ text }] }
}

/** A short line of words that is no sentence, no list item, no key with a value and no code. */
function looksLikeTitle(line: string): boolean {
  if (line.length < 2 || line.length > LONGEST_TITLE || line.split(' ').length > 12) return false
  return (
    /^[\p{Lu}\p{Lo}\p{N}"“«]/u.test(line) && !/[.,;:{}<>=|\\]/.test(line) && /\p{L}{2}|\p{Lo}/u.test(line)
  )
}
