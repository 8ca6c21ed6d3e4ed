import type { Heading, PageStart } from '../document.ts'
import { normaliseLine, normaliseText } from './normalise-text.ts'

/** What stands between two blank lines: a paragraph, a list, a table, code; or a heading, when it has a level. */
export interface Block {
  readonly text: string
  /** 1 to 6. */
  readonly level?: number
  /** Where it begins, from 1, in what has pages, slides or sheets. */
  readonly page?: number
}

/** Longer than this, what is marked as a heading is a paragraph. UTF-16 units. */
const LONGEST_HEADING = 300

export interface JoinedBlocks {
  readonly text: string
  readonly headings: Heading[]
  /** Missing where no block says its page. */
  readonly pages?: PageStart[]
}

/** Blocks, normalised and separated by blank lines, with the offsets of headings and pages. Empty blocks are left out. */
export function joinBlocks(blocks: readonly Block[]): JoinedBlocks {
  const pieces: string[] = []
  const headings: Heading[] = []
  const pages: PageStart[] = []
  let offset = 0
  for (const block of blocks) {
    const heading = headingOf(block)
    const piece = heading?.text ?? normaliseText(block.text)
    if (piece.trim() === '') continue
    if (heading !== undefined) headings.push({ offset, ...heading })
    if (block.page !== undefined && block.page !== pages.at(-1)?.page)
      pages.push({ offset, page: block.page })
    pieces.push(piece)
    offset += piece.length + 2
  }
  return { text: pieces.join('\n\n'), headings, ...(pages.length === 0 ? {} : { pages }) }
}

function headingOf({ text, level }: Block): { level: number; text: string } | undefined {
  if (level === undefined || text.length > 2 * LONGEST_HEADING) return undefined
  const line = normaliseLine(text)
  return line.length <= LONGEST_HEADING ? { level, text: line } : undefined
}
