import type { Block } from '../core/text/join-blocks.ts'

/** 0 in the page's main part, 1 elsewhere, 2 in boilerplate. */
export type Place = 0 | 1 | 2

export interface PlacedBlock extends Block {
  readonly place: Place
  /** Whether the names of its elements are those of boilerplate. */
  readonly hinted: boolean
  /** Characters of it that are links. */
  readonly linked: number
}

/** Collects text as it streams past, collapses white space as a browser does, and cuts it into blocks. */
export function createBlockWriter() {
  const blocks: PlacedBlock[] = []
  let pieces: string[] = []
  let place: Place = 1
  let hinted = false
  let inLink = false
  let linked = 0
  let level: number | undefined
  let pre = 0
  /** What goes before the next text, if there is text in the block already. */
  let gap: '' | ' ' | '\n' | ' | ' = ''
  let bullet = ''

  const flush = () => {
    if (pieces.length > 0) {
      const text = pieces.join('')
      const where = { place, hinted, linked }
      blocks.push(level === undefined ? { text, ...where } : { text: withoutAnchor(text), level, ...where })
    }
    linked = 0
    pieces = []
    gap = ''
    level = undefined
  }
  const append = (text: string) => {
    if (pieces.length > 0) pieces.push(gap)
    pieces.push(bullet, text)
    if (inLink) linked += text.length
    gap = ''
    bullet = ''
  }
  /** A heading goes on through blocks that open before its text does: `<h1><div>Title`. */
  const breakParagraph = () => {
    if (pieces.length > 0) flush()
  }
  return {
    breakParagraph,
    breakLine() {
      if (pre > 0) append('\n')
      else gap = level === undefined ? '\n' : ' '
    },
    item() {
      gap = '\n'
      bullet = '- '
    },
    cell() {
      if (gap !== '\n') gap = ' | '
    },
    openHeading(n: number) {
      breakParagraph()
      bullet = ''
      level = n
    },
    closeHeading() {
      breakParagraph()
      level = undefined
    },
    openPre() {
      breakParagraph()
      pre++
    },
    closePre() {
      breakParagraph()
      pre = Math.max(0, pre - 1)
    },
    setPlace(next: Place, nextHinted: boolean) {
      if (next !== place || nextHinted !== hinted) breakParagraph()
      place = next
      hinted = nextHinted
    },
    setLink(inside: boolean) {
      inLink = inside
    },
    write(text: string) {
      if (pre > 0 && level === undefined) return append(text)
      const words = text.replace(/\s+/g, ' ')
      if (words.startsWith(' ') && gap === '') gap = ' '
      const inner = words.trim()
      if (inner === '') return
      append(inner)
      if (words.endsWith(' ')) gap = ' '
    },
    finish(): readonly PlacedBlock[] {
      breakParagraph()
      return blocks
    },
  }
}

/** Documentation tools put a link to itself behind each heading. */
function withoutAnchor(heading: string): string {
  return heading.replace(/\s?[¶#🔗]$/u, '')
}
