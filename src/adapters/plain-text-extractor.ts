import { looksLikeTitle } from '../core/text/looks-like-title.ts'
import { normaliseLine } from '../core/text/normalise-text.ts'
import type { Reading } from './reading.ts'

/** Plain text is one block as it stands; its first line is the title when it looks like one. */
export function readPlainText(text: string): Reading {
  const from = text.search(/\S/)
  if (from < 0) return { title: undefined, blocks: [] }
  const lineEnd = text.slice(from, from + 500).search(/[\r\n]/)
  const first = lineEnd < 0 ? '' : normaliseLine(text.slice(from, from + lineEnd))
  return { title: looksLikeTitle(first) ? first : undefined, blocks: [{ text }] }
}
