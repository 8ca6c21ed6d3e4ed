import { failure } from '../core/errors.ts'
import { normaliseLine } from '../core/text/normalise-text.ts'

const LONGEST_SHOWN = 200

/** @param what Goes on after the file's name, and ends with a full stop. */
export function unreadable(file: { readonly name: string }, what: string, cause?: unknown): Error {
  return failure('UnreadableFile', `\`${shownName(file)}\` ${what}`, cause)
}

/** A name may hide its end behind direction marks, hold line ends, or go on for ever. */
export function shownName({ name }: { readonly name: string }): string {
  return shorten(normaliseLine(name)) || 'Untitled'
}

export function shorten(text: string): string {
  if (text.length <= LONGEST_SHOWN) return text
  return `${text.slice(0, LONGEST_SHOWN).replace(/[\uD800-\uDBFF]$/, '')}…`
}
