import type { Block } from '../../core/text/join-blocks.ts'

/** UTF-16 units of one document: 16 million are about 8,000 pages. Beyond it, a tab's memory is at stake. */
export const MOST_LETTERS = 16_000_000
const MOST_BLOCKS = 500_000
const MOST_SENTENCES = 20

/** Collects a document's blocks up to what a document may have. */
export interface BlockWriter {
  /** Blocks without text are left out, and so is what comes when it is full: it is cut off and said so. */
  add(block: Block): void
  /** Whether nothing more is taken. */
  isFull(): boolean
  /** Notes what could not be read, as a sentence; once. */
  miss(sentence: string): void
  finish(): { readonly blocks: readonly Block[]; readonly missing?: readonly string[] }
}

export function createBlockWriter(mostLetters = MOST_LETTERS): BlockWriter {
  const blocks: Block[] = []
  const missing = new Set<string>()
  let left = mostLetters
  let full = false
  return {
    add(block) {
      if (full || block.text.trim() === '') return
      full = block.text.length > left || blocks.length === MOST_BLOCKS
      if (full)
        missing.add(`Only the first ${millions(mostLetters)} characters were read; the rest is left out.`)
      const text = full ? block.text.slice(0, left) : block.text
      left -= text.length
      if (text !== '') blocks.push(full ? { ...block, text } : block)
    },
    isFull: () => full,
    miss(sentence) {
      missing.add(missing.size < MOST_SENTENCES ? sentence : 'Other parts could not be read either.')
    },
    finish: () => (missing.size === 0 ? { blocks } : { blocks, missing: [...missing] }),
  }
}

function millions(count: number): string {
  return count >= 1_000_000 ? `${Math.round(count / 1_000_000)} million` : count.toLocaleString('en')
}
