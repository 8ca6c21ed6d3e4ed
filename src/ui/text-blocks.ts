import type { Span } from '../core/ranking/answer.ts'

/** Longer paragraphs are cut, so that a text without blank lines is no single huge element. */
const LONGEST = 4000

/** The paragraphs of a text, which blank lines separate; the blank lines belong to none. */
export function textBlocks(text: string): Span[] {
  const blocks: Span[] = []
  let start = 0
  while (start < text.length) {
    const gap = text.indexOf('\n\n', start)
    const end = gap === -1 ? text.length : gap
    pushPieces(blocks, text, start, end)
    start = end + 2
    while (text.charCodeAt(start) === 10) start++
  }
  return blocks
}

/** Index of the last block that begins at or before `offset`; 0 when none does. */
export function blockAt(blocks: readonly Span[], offset: number): number {
  let low = 0
  let high = blocks.length - 1
  while (low < high) {
    const middle = (low + high + 1) >> 1
    if ((blocks[middle]?.start ?? 0) <= offset) low = middle
    else high = middle - 1
  }
  return low
}

function pushPieces(blocks: Span[], text: string, from: number, to: number): void {
  let start = from
  while (to - start > LONGEST) {
    const end = cutBefore(text, start, start + LONGEST)
    blocks.push({ start, end })
    start = end
  }
  if (to > start) blocks.push({ start, end: to })
}

/** After the last line or word that ends in the second half of `[start, limit)`; never inside a surrogate pair. */
function cutBefore(text: string, start: number, limit: number): number {
  const least = start + LONGEST / 2
  const line = text.lastIndexOf('\n', limit - 1)
  if (line >= least) return line + 1
  const space = text.lastIndexOf(' ', limit - 1)
  if (space >= least) return space + 1
  const code = text.charCodeAt(limit)
  return code >= 0xdc00 && code <= 0xdfff ? limit - 1 : limit
}
